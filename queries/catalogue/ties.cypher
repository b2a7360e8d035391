// ---
// title: Everything that joins an entity with others
// title_zh: 与某实体相关的全部事实
// question: What is known of this entity and others, as of a day?
// row: TieRow
// show: [relation, direction, other, when]
// params:
//   entity: {about: 'anything in the graph, by any of its names', labels: []}
// areas: [partnerships, models, hardware, people, capital, restrictions]
// example: {entity: DeepSeek, as_of: '2025-03-01'}
// ---
MATCH (c:ChinaAI {id: $entity})-[r]-(o:ChinaAI)
WHERE r.sources IS NOT NULL AND {{in_force(r)}}
RETURN type(r) AS relation, CASE WHEN startNode(r).id = $entity THEN 'out' ELSE 'in' END AS direction,
       o.id AS other_id, o.name AS other, {{label(o)}} AS other_type,
       {{evidence(r)}}
ORDER BY relation, direction, other_id, fact_id
