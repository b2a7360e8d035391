// ---
// title: Everything that joins an entity with others
// title_zh: 与某实体相关的全部事实
// question: What is known of this entity and others, as of a day?
// row: TieOnceRow
// show: [relation, direction, other, when]
// params:
//   entity: {about: 'anything in the graph, by any of its names', labels: []}
// areas: [partnerships, models, hardware, people, capital, restrictions]
// example: {entity: DeepSeek, as_of: '2025-03-01'}
// ---
MATCH (c:ChinaAI {id: $entity})-[r]-(o:ChinaAI)
WHERE r.sources IS NOT NULL AND {{in_force(r)}}
WITH o, r ORDER BY r.fact_id
WITH o, type(r) AS relation, CASE WHEN startNode(r).id = $entity THEN 'out' ELSE 'in' END AS direction, collect(r) AS told
UNWIND told AS r
WITH o, relation, direction, r, [t IN told WHERE {{alike(r, t, as_of)}}] AS others,
     [t IN told WHERE {{alike(t, r, as_of)}}] AS held
WHERE size(held) = 0
RETURN relation, direction, o.id AS other_id, o.name AS other, {{label(o)}} AS other_type,
       {{evidence(r, others)}}
ORDER BY relation, direction, other_id, fact_id
