// ---
// title: Beneficiaries of an event or a firm
// title_zh: 事件或公司的受益者
// question: Who gained after this event, or after this firm and the events named after it, as of a day?
// row: BeneficiaryRow
// show: [other, after]
// params:
//   event: {about: 'event or company', labels: [Event, Company]}
// example: {event: DeepSeek, as_of: '2025-03-01'}
// ---
MATCH (c:ChinaAI {id: $event})
OPTIONAL MATCH (v:ChinaAI:Event)
WHERE v.id <> c.id AND c:Company AND {{stands(v)}}
  AND any(n IN [x IN [c.name, c.name_zh] + coalesce(c.aliases, []) WHERE size(x) >= 2 | toLower(x)]
          WHERE any(e IN [x IN [v.name, v.name_zh] + coalesce(v.aliases, []) WHERE x IS NOT NULL | toLower(x)]
                    WHERE ' ' + replace(replace(e, '-', ' '), ':', ' ') + ' ' CONTAINS ' ' + n + ' '
                       OR (n >= '一' AND e CONTAINS n)))
WITH c, collect(v) AS events
UNWIND [c] + events AS e
MATCH (e)<-[r:BENEFITED_FROM]-(o:ChinaAI)
WHERE {{in_force(r)}}
RETURN type(r) AS relation, 'in' AS direction, o.id AS other_id, o.name AS other,
       {{label(o)}} AS other_type, e.id AS after_id, e.name AS after,
       {{evidence(r)}}
ORDER BY other_id, after_id, fact_id
