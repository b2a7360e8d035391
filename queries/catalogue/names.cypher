// ---
// title: Names in the graph
// title_zh: 名称检索
// question: Which things in the graph bear these words in a name, registered name, listing or hub name, best match first?
// row: NameRow
// params:
//   text: {type: words, about: 'words of the name, English or Chinese; a Latin word may be cut short'}
//   limit: {type: integer, about: 'most rows', default: 50, least: 1}
// example: {text: deepseek}
// ---
CALL db.index.fulltext.queryNodes('chinaai_names', $text.query) YIELD node AS n, score
WITH n, {{label(n)}} AS type, any(key IN $text.keys WHERE key IN n.keys) AS exact
WHERE n.keys IS NOT NULL AND {{stands(n)}}
WITH n, type, CASE WHEN exact AND NOT type IN ['LegalEntity', 'Service', 'Filing', 'Notice'] THEN 0 WHEN exact THEN 1
     WHEN type IN ['Company', 'Model', 'ModelFamily', 'Product', 'Person', 'Fund'] THEN 2
     WHEN type IN ['LegalEntity', 'Service'] THEN 4 WHEN type IN ['Filing', 'Notice'] THEN 5 ELSE 3 END AS rank
WITH n, type, rank,
     CASE WHEN toLower(n.name) STARTS WITH $text.plain OR n.name_zh STARTS WITH $text.plain THEN 0 ELSE 1 END AS begins
RETURN n.id AS id, type, n.name AS name, n.name_zh AS name_zh,
       coalesce(n.aliases, []) + coalesce(n.tickers, []) + coalesce(n.hub_names, []) + coalesce(n.legal_names, []) AS aliases
ORDER BY rank, begins, size(name), id LIMIT $limit
