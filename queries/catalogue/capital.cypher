// ---
// title: Capital of a company
// title_zh: 一家公司的资本
// question: Who put money into this company or holds it, what did it raise and at what value, where is it listed, and what did it buy, as of a day?
// row: CapitalRow
// show: [what, other, value, unit, day]
// params:
//   company: Company|Fund
// areas: [capital]
// example: {company: Moonshot, as_of: '2026-11-24'}
// ---
MATCH (c:ChinaAI {id: $company})
CALL (c) {
  MATCH (c)-[r:INVESTED_IN|OWNS_STAKE_IN|ACQUIRED]-(o:ChinaAI)
  WHERE {{in_force(r)}}
  WITH o, r, CASE WHEN startNode(r).id = o.id THEN 0 ELSE 1 END AS turn
  RETURN CASE type(r) WHEN 'INVESTED_IN' THEN ['investor', 'invested in'][turn]
              WHEN 'ACQUIRED' THEN ['bought by', 'bought'][turn] ELSE ['shareholder', 'holds shares of'][turn] END AS what,
         o.id AS other_id, o.name AS other, null AS value, null AS unit, coalesce(r.amount, r.product) AS says,
         r.role AS role, null AS approximate, coalesce(r.since, r.announced) AS day, r AS f, null AS g
  UNION ALL
  MATCH (c)-[r:LISTED_ON|APPLIED_TO|SPUN_OUT_OF|SUBSIDIARY_OF]->(o:ChinaAI)
  WHERE {{in_force(r)}} AND (o:Exchange OR o:Company OR o:Fund)
  RETURN CASE type(r) WHEN 'LISTED_ON' THEN 'listed on' WHEN 'APPLIED_TO' THEN 'applied for a listing on'
              WHEN 'SPUN_OUT_OF' THEN 'spun out of' ELSE 'controlled by' END AS what,
         o.id AS other_id, o.name AS other, null AS value, null AS unit, coalesce(r.product, r.amount) AS says,
         r.role AS role, null AS approximate, coalesce(r.since, r.announced) AS day, r AS f, null AS g
  UNION ALL
  MATCH (c)<-[q:OF]-(n:ChinaAI:Observation)
  WHERE n.metric IN ['amount_raised', 'valuation', 'offer_price', 'market_cap', 'fund_size', 'commitment']
    AND {{known_either(n)}} AND {{stands(q)}}
  RETURN CASE n.metric WHEN 'amount_raised' THEN 'raised' WHEN 'valuation' THEN 'valued at'
              WHEN 'offer_price' THEN 'offer price of a share' WHEN 'market_cap' THEN 'market value'
              WHEN 'fund_size' THEN 'capital of the fund' ELSE 'said it would spend' END AS what,
         null AS other_id, null AS other, n.value AS value, n.unit AS unit, n.text AS says, null AS role,
         n.approximate AS approximate, coalesce(n.date, n.as_of, n.announced, n.since) AS day, null AS f, n AS g
}
RETURN what, other_id, other, value, unit, approximate, says, role, day,
       coalesce(f.fact_id, g.id) AS fact_id, coalesce(f.status, g.status) AS status, coalesce(f.since, g.since) AS since,
       coalesce(f.until, g.until) AS until, coalesce(f.announced, g.announced) AS announced,
       coalesce(f.as_of, g.as_of) AS seen, coalesce(f.scope, g.scope) AS scope,
       coalesce(f.conflict, g.conflict) AS conflict, coalesce(f.confidence, g.confidence) AS confidence,
       coalesce(f.sources, g.sources) AS sources
ORDER BY coalesce(f.known_from, g.known_from) DESC, what, other_id, fact_id
