// ---
// title: What changed between two days
// title_zh: 两个日期之间的变化
// question: What began, ended, was announced, released, listed or came into force between two days, both counted, and what was first seen then?
// row: ChangeRow
// show: [day, what, subject, relation, object]
// params:
//   start: {type: date, first: true, about: 'first day of the window'}
//   end: {type: date, about: 'last day of the window'}
//   entity: {labels: [], type: entity, about: 'only what touches this entity, by any of its names', required: false}
//   kind: {choices: [partnership, model, law, filing, capital, restriction, other], about: 'only changes of this kind', required: false}
//   sector: {choices: [devices, cars, mobility, cloud, models, chips, robots, consumer-internet, retail, health, finance, software, telecom, media-games, education, public, industry, services], apart_from: {kind: [law, filing]}, about: 'only what touches a company of this sector', required: false}
// areas: [partnerships, models, hardware, people, capital, restrictions, law, registers]
// unsure: law, for which of a rule's pages tells the day is not kept
// example: {start: '2025-02-10', end: '2025-02-28', kind: partnership}
// ---
CALL () {
  MATCH (a:ChinaAI)-[r:PARTNERS_WITH|NEGOTIATED_WITH|CONSIDERED|SUPPLIES|USES_SERVICE_OF|LICENSES_TO|HOSTS|EMBEDS|DEVELOPED|DERIVED_FROM|SUCCEEDS|OFFERS|OPERATES|MANUFACTURED|INVESTED_IN|OWNS_STAKE_IN|ACQUIRED|SUBSIDIARY_OF|SPUN_OUT_OF|LISTED_ON|MEMBER_OF_INDEX|NAMED_IN|RESTRICTS|PERMITS|REVIEWS|APPLIED_TO|FOUNDED|LEADS|COMPETES_WITH|DISPUTES_WITH|SPOKE_ABOUT|SUPPORTS|RUNS_ON|TRAINED_ON]->(b:ChinaAI)
  WHERE r.fact_id IS NOT NULL AND {{stands(r)}}
  WITH a, r, b ORDER BY r.fact_id
  WITH a, type(r) AS relation, b, collect(r) AS facts
  UNWIND facts AS r
  WITH a, relation, r, b, [o IN facts WHERE {{alike(r, o, end)}}] AS alike, [o IN facts WHERE {{alike(o, r, end)}}] AS held
  // of a listing that a loaded list holds too, a fact tells besides only when it was made known
  UNWIND CASE WHEN size(held) > 0 THEN [['announced', r.announced]]
         WHEN r.status = 'denied' THEN [['denied', coalesce(r.as_of, r.announced, r.since)]]
         ELSE [[CASE r.status WHEN 'announced' THEN 'planned' ELSE 'began' END, r.since], ['announced', r.announced], ['ended', r.until],
               ['seen', CASE WHEN r.since IS NULL AND r.announced IS NULL THEN r.as_of END]] END AS told
  WITH a, relation, r, b, alike, told[0] AS what, told[1] AS day
  // facts are many: those of other years go before their columns are made
  WHERE left(day, 4) >= left(toString($start), 4) AND left(day, 4) <= left(toString($end), 4)
  RETURN CASE WHEN type(r) IN ['PARTNERS_WITH', 'NEGOTIATED_WITH', 'CONSIDERED', 'SUPPLIES', 'USES_SERVICE_OF', 'LICENSES_TO', 'HOSTS'] THEN 'partnership'
              WHEN type(r) IN ['EMBEDS', 'DEVELOPED', 'DERIVED_FROM', 'SUCCEEDS', 'OFFERS', 'OPERATES', 'MANUFACTURED', 'SUPPORTS', 'RUNS_ON', 'TRAINED_ON'] THEN 'model'
              WHEN type(r) IN ['INVESTED_IN', 'OWNS_STAKE_IN', 'ACQUIRED', 'SUBSIDIARY_OF', 'SPUN_OUT_OF', 'LISTED_ON', 'MEMBER_OF_INDEX'] THEN 'capital'
              WHEN type(r) IN ['NAMED_IN', 'RESTRICTS', 'PERMITS', 'REVIEWS', 'APPLIED_TO'] THEN 'restriction'
              ELSE 'other' END AS sort,
         what, day, a.id AS subject_id, a.name AS subject, a.sectors AS own, relation, b.id AS object_id,
         b.name AS object, b.sectors AS theirs, [o IN alike | o.fact_id] AS others,
         coalesce(r.product, {{scopes(r, alike)}}) AS detail, r.fact_id AS fact_id, r.status AS status,
         {{surest(r, alike)}} AS confidence, {{pages(r, alike)}} AS sources
  UNION ALL
  MATCH (i:ChinaAI:Instrument) WHERE {{stands(i)}}
  UNWIND [['in force', i.effective], ['repealed', i.repealed],
          [CASE i.legal_status WHEN 'draft' THEN 'drafted' ELSE 'promulgated' END, i.promulgated]] AS told
  WITH i, told[0] AS what, toString(told[1]) AS day WHERE day IS NOT NULL
  RETURN 'law' AS sort, what, day, i.id AS subject_id, i.name AS subject, null AS own, null AS relation, null AS object_id,
         null AS object, null AS theirs, [] AS others,
         CASE WHEN size(coalesce(i.sources, [])) = 0 THEN 'no page here tells this day'
              WHEN what = 'in force' AND i.effective_seen = false THEN 'its pages were not read for this day' END AS detail,
         i.id AS fact_id, i.legal_status AS status,
         null AS confidence, i.sources AS sources
  UNION ALL
  MATCH (f:ChinaAI:Filing)-[by:FILED_BY]->(x:ChinaAI:LegalEntity)
  WHERE {{stands(f, by)}} AND f.listed >= $start AND f.listed <= $end
  RETURN 'filing' AS sort, 'listed' AS what, toString(f.listed) AS day, f.id AS subject_id, f.name AS subject,
         null AS own, 'FILED_BY' AS relation, x.id AS object_id, x.name AS object, null AS theirs, [] AS others,
         f.kind_zh + ' ' + f.number AS detail, f.id AS fact_id, f.kind AS status, f.confidence AS confidence,
         f.sources AS sources
  UNION ALL
  MATCH (o:ChinaAI:Observation)-[q:OF]->(t:ChinaAI) WHERE {{stands(o, q)}}
    AND (o.metric IN ['released', 'published', 'open_sourced', 'approved_for_public'] OR o.value IS NOT NULL)
  WITH o, t, CASE WHEN o.value IS NULL THEN replace(o.metric, '_', ' ') ELSE 'figure' END AS what, coalesce(o.date, o.as_of) AS day
  WHERE day IS NOT NULL
  RETURN CASE WHEN what = 'figure' THEN 'other' ELSE 'model' END AS sort, what, toString(day) AS day, t.id AS subject_id,
         t.name AS subject, t.sectors AS own, o.metric AS relation, null AS object_id,
         CASE WHEN o.value = round(o.value) AND abs(o.value) < 1000000000000000 THEN toString(toInteger(o.value))
              ELSE toString(o.value) END + coalesce(' ' + o.unit, '') AS object, null AS theirs, [] AS others, o.scope AS detail,
         o.id AS fact_id, o.status AS status, o.confidence AS confidence, o.sources AS sources
}
WITH *,
     CASE WHEN size(day) = 10 THEN date(day) WHEN size(day) = 4 THEN date(day + '-01-01')
          WHEN right(day, 2) = 'Q2' THEN date(left(day, 4) + '-04-01')
          WHEN right(day, 2) IN ['Q3', 'H2'] THEN date(left(day, 4) + '-07-01')
          WHEN right(day, 2) = 'Q4' THEN date(left(day, 4) + '-10-01')
          WHEN right(day, 2) IN ['Q1', 'H1'] THEN date(left(day, 4) + '-01-01') ELSE date(day + '-01') END AS first,
     CASE WHEN size(day) = 10 THEN 0 WHEN size(day) = 4 THEN 12 WHEN day CONTAINS 'Q' THEN 3 WHEN day CONTAINS 'H' THEN 6
          ELSE 1 END AS months
WITH *, CASE WHEN months = 0 THEN first ELSE first + duration({months: months}) - duration({days: 1}) END AS last
WHERE first <= $end AND last >= $start AND (what <> 'figure' OR last <= $end)
  AND ($kind IS NULL OR sort = $kind)
  AND ($entity IS NULL OR subject_id = $entity OR object_id = $entity)
  AND ($sector IS NULL OR $sector IN coalesce(own, []) OR $sector IN coalesce(theirs, []))
RETURN day, first >= $start AND last <= $end AS inside, what, sort AS kind, subject_id, subject, relation, object_id,
       object, detail, others, fact_id, status, confidence, sources
ORDER BY last, day, kind, what, fact_id
