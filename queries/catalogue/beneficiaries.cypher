// ---
// title: Beneficiaries of an event
// title_zh: 事件的受益者
// question: Who gained after this event or firm, as of a day?
// row: TieRow
// params:
//   event: {about: 'event or company', labels: [Event, Company]}
// example: {event: deepseek-rally-2025, as_of: '2025-03-01'}
// ---
MATCH (o:ChinaAI)-[r:BENEFITED_FROM]->(e:ChinaAI {id: $event})
WHERE {{in_force(r)}}
RETURN type(r) AS relation, 'in' AS direction, o.id AS other_id, o.name AS other,
       {{label(o)}} AS other_type,
       {{evidence(r)}}
ORDER BY other_id, fact_id
