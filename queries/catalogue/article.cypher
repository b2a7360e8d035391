// ---
// title: What became of the article
// title_zh: 原文逐句说明
// question: What became of each sentence of the article the graph began with?
// row: SentenceRow
// unsure: all rows, for a sentence of the article is accounted for and not judged
// example: {}
// ---
MATCH (s:ChinaAI:SeedSentence) WHERE {{stands(s)}}
RETURN s.id AS sentence, s.account AS account, s.gist AS gist, coalesce(s.facts, []) AS facts, s.reason AS reason,
       null AS confidence, ['seed-article'] AS sources
ORDER BY sentence
