// ---
// title: Names in the graph
// title_zh: 名称检索
// question: Which things in the graph have this word in one of their names?
// row: NameRow
// params:
//   text: {about: 'a word of the name, English or Chinese'}
// example: {text: deepseek}
// ---
MATCH (n:ChinaAI)
WHERE n.keys IS NOT NULL AND {{stands(n)}}
  AND (toLower(n.name) CONTAINS toLower($text) OR n.id CONTAINS toLower($text)
       OR coalesce(n.name_zh, '') CONTAINS $text
       OR any(a IN coalesce(n.aliases, []) WHERE toLower(a) CONTAINS toLower($text)))
RETURN n.id AS id, {{label(n)}} AS type, n.name AS name, n.name_zh AS name_zh,
       coalesce(n.aliases, []) AS aliases
ORDER BY type, id LIMIT 200
