// ---
// title: Hardware stack by layer
// title_zh: 硬件产业链（按层）
// question: Which companies stand in this layer of the hardware stack, what do they design and make, who fabs it for them, whom do they supply, and what runs on it, as of a day?
// row: StackRow
// show: [company, relation, thing, other]
// params:
//   layer: {choices: [lithography, equipment, eda, foundry, packaging, memory, accelerator, car-chip, phone-chip, optics, sensor, server, networking], about: 'only this layer', required: false}
//   company: {labels: [Company], about: 'only this company', required: false}
// areas: [hardware]
// unsure: a company of which no such fact is known
// example: {layer: memory, as_of: '2026-11-24'}
// ---
MATCH (c:ChinaAI:Company)
WHERE {{stands(c)}} AND ($company IS NULL OR c.id = $company)
  AND ($layer IN coalesce(c.layers, []) OR ($layer IS NULL AND size(coalesce(c.layers, [])) > 0))
CALL (c) {
  RETURN 'stands in the layer, no page cited' AS relation, null AS thing_id, null AS thing, null AS other_id, null AS other, null AS f, 0 AS place
  UNION ALL
  MATCH (c)-[r:DEVELOPED]->(t:ChinaAI)
  WHERE (t:Chip OR t:Product) AND {{in_force(r)}}
  RETURN 'designs' AS relation, t.id AS thing_id, t.name AS thing, null AS other_id, null AS other, r AS f, 1 AS place
  UNION ALL
  MATCH (c)-[r:MANUFACTURED]->(t:ChinaAI)
  WHERE {{in_force(r)}}
  OPTIONAL MATCH (t)<-[d:DEVELOPED]-(o:ChinaAI:Company) WHERE o.id <> c.id AND {{in_force(d)}}
  RETURN 'makes' AS relation, t.id AS thing_id, t.name AS thing, o.id AS other_id, o.name AS other, r AS f, 2 AS place
  UNION ALL
  MATCH (c)-[d:DEVELOPED]->(t:ChinaAI)<-[r:MANUFACTURED]-(o:ChinaAI:Company)
  WHERE (t:Chip OR t:Product) AND o.id <> c.id AND {{in_force(d)}} AND {{in_force(r)}}
  RETURN 'is made for it by' AS relation, t.id AS thing_id, t.name AS thing, o.id AS other_id, o.name AS other, r AS f, 3 AS place
  UNION ALL
  MATCH (c)-[r:SUPPLIES|LICENSES_TO]-(o:ChinaAI)
  WHERE {{in_force(r)}}
  WITH r, o, CASE WHEN startNode(r).id = o.id THEN 1 ELSE 0 END AS turn
  RETURN CASE type(r) WHEN 'SUPPLIES' THEN ['supplies', 'is supplied by'][turn]
              ELSE ['licenses to', 'has a licence of'][turn] END AS relation, null AS thing_id,
         r.product AS thing, o.id AS other_id, o.name AS other, r AS f, 4 + turn AS place
  UNION ALL
  MATCH (c)-[d:DEVELOPED]->(t:ChinaAI)<-[r:TRAINED_ON|RUNS_ON|EMBEDS]-(o:ChinaAI)
  WHERE (t:Chip OR t:Product) AND {{in_force(d)}} AND {{in_force(r)}}
  RETURN CASE type(r) WHEN 'TRAINED_ON' THEN 'trained on it' WHEN 'RUNS_ON' THEN 'runs on it' ELSE 'has it built in' END AS relation,
         t.id AS thing_id, t.name AS thing, o.id AS other_id, o.name AS other, r AS f, 6 AS place
}
WITH c, collect({relation: relation, thing_id: thing_id, thing: thing, other_id: other_id, other: other, f: f,
                 place: place}) AS links
UNWIND links AS link
WITH c, link, size(links) AS many
WHERE link.place > 0 OR many = 1
WITH c, link, link.f AS f
RETURN c.id AS company_id, c.name AS company, c.country AS country, coalesce(c.layers, []) AS layers,
       link.relation AS relation, link.thing_id AS thing_id, link.thing AS thing, link.other_id AS other_id,
       link.other AS other,
       {{evidence(f)}}
ORDER BY company_id, link.place, thing_id, other_id, fact_id
