// ---
// title: Talks and choices
// title_zh: 洽谈与选择
// question: With whom did this company talk or whom did it consider, as of a day?
// row: TieRow
// show: [relation, other, when, status]
// params:
//   company: Company
// areas: [partnerships]
// example: {company: Apple, as_of: '2025-02-12'}
// ---
MATCH (c:ChinaAI {id: $company})-[r:NEGOTIATED_WITH|CONSIDERED]-(o:ChinaAI)
WHERE {{in_force(r)}}
RETURN type(r) AS relation, CASE WHEN startNode(r).id = $company THEN 'out' ELSE 'in' END AS direction,
       o.id AS other_id, o.name AS other, {{label(o)}} AS other_type,
       {{evidence(r)}}
ORDER BY relation, other_id, fact_id
