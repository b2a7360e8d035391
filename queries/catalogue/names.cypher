// ---
// title: Names in the graph
// title_zh: 名称检索
// question: Which things in the graph have this word in one of their names?
// row: NameRow
// params:
//   text: {type: string, about: 'a word of the name, English or Chinese'}
// columns:
//   id: string
//   type: string
//   name: string
//   name_zh: string
//   aliases: strings
// example: {text: deepseek}
// ---
MATCH (n:ChinaAI)
WHERE n.keys IS NOT NULL AND n.retired IS NULL
  AND (toLower(n.name) CONTAINS toLower($text) OR n.id CONTAINS toLower($text)
       OR coalesce(n.name_zh, '') CONTAINS $text
       OR any(a IN coalesce(n.aliases, []) WHERE toLower(a) CONTAINS toLower($text)))
RETURN n.id AS id, head([l IN labels(n) WHERE l <> 'ChinaAI']) AS type, n.name AS name, n.name_zh AS name_zh,
       coalesce(n.aliases, []) AS aliases
ORDER BY type, id LIMIT 200
