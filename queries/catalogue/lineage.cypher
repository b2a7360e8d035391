// ---
// title: Lineage of a model
// title_zh: 模型谱系
// question: What is this model built from, and what was built from it?
// row: TieRow
// show: [relation, direction, other]
// params:
//   model: {about: 'model or family', labels: [Model, ModelFamily]}
// areas: [models]
// example: {model: DeepSeek-R1, as_of: '2025-12-31'}
// ---
MATCH (c:ChinaAI {id: $model})-[r:DERIVED_FROM|IN_FAMILY|SUCCEEDS|LICENSED_UNDER|TRAINED_ON|RUNS_ON]-(o:ChinaAI)
WHERE {{in_force(r)}}
RETURN type(r) AS relation, CASE WHEN startNode(r).id = $model THEN 'out' ELSE 'in' END AS direction,
       o.id AS other_id, o.name AS other, {{label(o)}} AS other_type,
       {{evidence(r)}}
ORDER BY relation, direction, other_id, fact_id
