// ---
// title: A first market-entry path, step by step
// title_zh: 首选市场准入路径（逐步）
// question: Which is the fastest known path for this company and kind of service, as of a day?
// row: StepRow
// params:
//   company: {about: 'company; its country decides the actor', labels: [Company]}
//   service: ServiceKind
//   actor: {choices: [fie, offshore, domestic], about: 'follows from the facts of the company where it is left out', required: false}
//   option: {labels: [EntryOption], about: 'id of an option from entry-options; the fastest where it is left out', required: false}
// example: {company: Apple, service: phone-assistant, as_of: '2026-11-24'}
// ---
MATCH (c:ChinaAI {id: $company})
OPTIONAL MATCH (h:ChinaAI)-[f:SUBSIDIARY_OF]->(c)
WHERE (h:LegalEntity OR h.country = 'CN') AND {{lasting(f)}}
OPTIONAL MATCH (c)-[g:OWNS_STAKE_IN|FOUNDED]->(j:ChinaAI:Company)
WHERE j.country = 'CN' AND j.kind = 'joint-venture' AND {{lasting(g)}}
WITH c, count(f) + count(g) AS onshore
WITH coalesce($actor, CASE WHEN c.country = 'CN' THEN 'domestic' WHEN onshore > 0 THEN 'fie' ELSE 'offshore' END) AS actor
MATCH (o:ChinaAI:EntryOption)-[t:OPTION_OF]->(e:ChinaAI:EntryRoute)
WHERE {{stands(t)}} AND $service IN o.services AND o.actor = actor AND {{in_force(o)}}
  AND ($option IS NULL OR o.id = $option)
WITH o, e ORDER BY o.days_typical, o.effort, o.days_max, o.size, o.id LIMIT 1
MATCH (o)-[s:INCLUDES]->(r:ChinaAI:Requirement) WHERE {{stands(s)}}
OPTIONAL MATCH (w:ChinaAI {id: s.way})
OPTIONAL MATCH (r)-[d:DECIDED_BY]->(a:ChinaAI:Authority) WHERE {{stands(d)}}
WITH e, s, r, w, a, d ORDER BY r.id, d.order
WITH e, s, r, w, head(collect(a.name)) AS authority
OPTIONAL MATCH (r)-[b:BASED_ON]->(l:ChinaAI)
WHERE {{in_force(b)}}
OPTIONAL MATCH (l)-[p:PART_OF]->(i:ChinaAI:Instrument)
WHERE {{in_force(p)}}
WITH e, s, r, w, authority, b, l, i ORDER BY r.id, b.order
WITH e, s, r, w, authority, head(collect({instrument: coalesce(i.name, l.name), verified: b.verified,
       article: CASE WHEN i IS NULL THEN null ELSE l.art END, sources: coalesce(b.sources, [])})) AS basis
RETURN e.name AS route, s.level AS level, r.id AS requirement_id, r.name AS requirement, w.name AS way,
       s.performer AS performer, s.critical AS critical, authority, basis.instrument AS instrument,
       basis.article AS article, basis.verified AS verified, s.days_min AS days_min,
       s.days_typical AS days_typical, s.days_max AS days_max, s.days_basis AS days_basis, s.days_n AS days_n,
       r.confidence AS confidence, basis.sources + coalesce(r.sources, []) AS sources
ORDER BY level, requirement_id
