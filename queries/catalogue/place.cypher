// ---
// title: What meets at a place
// title_zh: 某地的受理机构、备案、企业与区域规则
// question: Which offices take filings at this place, how many were filed there and how long did they wait, who has its seat there, and which rules hold there alone?
// row: PlaceRow
// show: [kind, about, says, note]
// params:
//   place: {about: 'province, city or zone, such as Shanghai, 深圳市 or Lingang', labels: [Jurisdiction]}
// areas: [registers, law]
// unsure: the place, its offices, rules that no duty's way rests on, and seats for which no page is cited
// example: {place: Shanghai, as_of: '2026-11-24'}
// ---
MATCH (top:ChinaAI {id: $place})
OPTIONAL MATCH (top)<-[r1:PART_OF]-(a:ChinaAI:Jurisdiction)
WHERE {{in_force(r1)}}
WITH top, collect(DISTINCT a.id) AS ones
OPTIONAL MATCH (b:ChinaAI:Jurisdiction)-[r2:PART_OF]->(c:ChinaAI:Jurisdiction)
WHERE c.id IN ones AND {{in_force(r2)}}
WITH top, ones, collect(DISTINCT b.id) AS twos
WITH top, ones + twos + [top.id] AS here
OPTIONAL MATCH (d:ChinaAI:Jurisdiction)-[r3:PART_OF]->(e:ChinaAI:Jurisdiction)
WHERE d.id IN here AND {{in_force(r3)}}
WITH top, here, collect(DISTINCT e.id) AS near, collect(DISTINCT CASE WHEN d.id = top.id THEN e.id END) AS direct
OPTIONAL MATCH (f:ChinaAI:Jurisdiction)-[r4:PART_OF]->(g:ChinaAI:Jurisdiction)
WHERE f.id IN near AND {{in_force(r4)}}
WITH top, here, near, direct, collect(DISTINCT g.id) AS far, collect(DISTINCT CASE WHEN f.id IN direct THEN g.id END) AS above
WITH top, here, near + far AS beside, direct + above + [top.id] AS whole
CALL (top, here, beside, whole) {
  OPTIONAL MATCH (top)-[u:PART_OF]->(x:ChinaAI:Jurisdiction)
  WHERE {{in_force(u)}}
  WITH top, here, beside, x ORDER BY x.name
  WITH top, here, beside, collect(x.name) AS larger
  OPTIONAL MATCH (top)<-[v:PART_OF]-(y:ChinaAI:Jurisdiction)
  WHERE {{in_force(v)}}
  WITH top, here, beside, larger, y ORDER BY y.name
  WITH top, here, beside, larger, collect(y.name) AS smaller
  OPTIONAL MATCH (o:ChinaAI:Office)-[j:IN_JURISDICTION]->(p:ChinaAI:Jurisdiction)
  WHERE (p.id IN here OR p.id IN beside) AND {{in_force(j)}} AND {{stands(o)}}
  WITH top, larger, smaller, count(o) AS offices
  RETURN 'place' AS kind, top.name AS at, top.id AS about_id, top.name AS about, top.name_zh AS about_zh,
         CASE WHEN size(larger) = 0 THEN 'part of no larger place here' ELSE 'part of ' + {{joined(larger)}} END
         + CASE WHEN size(smaller) = 0 THEN '' ELSE '; holds ' + {{joined(smaller)}} END
         + CASE WHEN offices = 0 AND top.country = 'CN' THEN '; no office of it is on record' ELSE '' END AS says,
         null AS n, null AS waits, null AS median, top.note AS note, null AS fact_id, null AS confidence, [] AS sources, 0 AS rank
  UNION
  MATCH (o:ChinaAI:Office)-[j:IN_JURISDICTION]->(p:ChinaAI:Jurisdiction)
  WHERE (p.id IN here OR p.id IN beside) AND {{in_force(j)}} AND {{stands(o)}}
  OPTIONAL MATCH (o)<-[b:BROUGHT_TO]-(q:ChinaAI:Requirement)
  WHERE {{stands(b)}}
  WITH o, p, q, q IS NULL OR {{in_force_either(q)}} AS held ORDER BY q.name
  WITH o, p, max(CASE WHEN held THEN 1 ELSE 0 END) AS takes, collect(DISTINCT CASE WHEN held THEN q.name END) AS taken
  WHERE takes = 1
  RETURN 'office' AS kind, p.name AS at, o.id AS about_id, o.name AS about, o.name_zh AS about_zh,
         CASE WHEN size(taken) = 0 THEN '' ELSE 'takes ' + {{joined(taken)}} + '; ' END
         + CASE WHEN coalesce(o.telephone, o.portal, o.form) IS NULL THEN 'no telephone, portal or form on record'
                ELSE coalesce('telephone ' + o.telephone + '; ', '') + coalesce('portal ' + o.portal + '; ', '')
                     + coalesce('form ' + o.form, '') END AS says,
         null AS n, null AS waits, null AS median, o.what_differs AS note, null AS fact_id, null AS confidence,
         o.sources AS sources, 1 AS rank
  UNION
  MATCH (f:ChinaAI:Filing)-[j:IN_JURISDICTION]->(p:ChinaAI:Jurisdiction)
  WHERE (p.id IN here OR p.id IN whole AND p.level = 'province') AND {{known_either(f)}} AND {{stands(j)}}
  WITH top, f, CASE WHEN p.id IN here THEN top.name ELSE p.name END AS at, p.id IN here AS inside
  WITH top, at, inside, f.kind AS gate, count(f) AS n, count(f.days_to_listing) AS waits,
       min(f.days_to_listing) AS shortest, percentileCont(f.days_to_listing, 0.5) AS median, max(f.days_to_listing) AS longest
  RETURN gate AS kind, at, null AS about_id, CASE gate WHEN 'filing' THEN 'Filings' ELSE 'Registrations' END AS about,
         CASE gate WHEN 'filing' THEN '备案' ELSE '登记' END AS about_zh,
         toString(n) + ' listed' + CASE WHEN waits = 0 THEN '' ELSE '; days from acceptance to listing: '
           + toString(shortest) + ' to ' + toString(longest) + ', of ' + toString(waits) END AS says,
         n, waits, median,
         CASE WHEN inside THEN '' ELSE 'of all ' + at + ', as the register prints no city; ' END
           + CASE WHEN waits = 0 THEN 'no wait known: every number bears the day of listing or a later one'
                  WHEN waits < 5 THEN 'fewer than 5 waits: read them one by one'
                  WHEN n > 2 * waits THEN 'no wait known for ' + toString(n - waits) + ', so the others are not typical'
                  WHEN n > waits THEN 'no wait known for ' + toString(n - waits)
                  ELSE 'the wait of each is known' END AS note,
         null AS fact_id, 0.6 AS confidence, ['cac-genai-register'] AS sources, 2 AS rank
  UNION
  MATCH (f:ChinaAI:AlgorithmFiling)-[j:IN_JURISDICTION]->(p:ChinaAI:Jurisdiction)
  WHERE (p.id IN here OR p.id IN whole AND p.level = 'province') AND {{known_either(f)}} AND {{stands(j)}}
  WITH top, f, CASE WHEN p.id IN here THEN top.name ELSE p.name END AS at
  WITH at, f.kind AS kept, count(f) AS n, collect(f.sources) AS several
  RETURN 'algorithm' AS kind, at, null AS about_id, 'Algorithms filed: ' + kept AS about,
         CASE kept WHEN 'recommendation' THEN '推荐算法备案' ELSE '深度合成算法备案' END AS about_zh,
         toString(n) + ' listed' AS says, n, null AS waits, null AS median,
         'by the division in their numbers, a reading that the register does not state' AS note, null AS fact_id,
         0.6 AS confidence, reduce(text = [], one IN several | text + one) AS sources, 2 AS rank
  UNION
  MATCH (p:ChinaAI:Jurisdiction)<-[j:IN_JURISDICTION]-(l:ChinaAI:LegalEntity)
  WHERE (p.id IN here OR p.id IN whole AND p.level = 'province') AND {{in_force(j)}}
  WITH top, here, p, l ORDER BY CASE WHEN p.id IN here THEN 0 ELSE 1 END, p.id
  WITH top, l.id AS one, l.owner_class AS owners, head(collect(CASE WHEN p.id IN here THEN top.name ELSE p.name END)) AS at
  WITH at, count(one) AS n, count(owners) AS owned,
       sum(CASE WHEN owners IN ['foreign', 'hongkong-macao-taiwan'] THEN 1 ELSE 0 END) AS outside
  RETURN 'legal entities' AS kind, at, null AS about_id, 'Legal entities that filed' AS about, '备案主体' AS about_zh,
         toString(n) + ' filed or registered there; the owner of ' + toString(owned) + ' is known, ' + toString(outside)
           + ' of them from outside the mainland' AS says,
         n, null AS waits, null AS median, 'by the office that took the filing; where they are registered is not printed' AS note,
         null AS fact_id, 0.6 AS confidence, ['cac-genai-register'] AS sources, 3 AS rank
  UNION
  MATCH (p:ChinaAI:Jurisdiction)<-[j:IN_JURISDICTION]-(i:ChinaAI)
  WHERE (i:Instrument OR i:Way) AND (p.id IN here OR p.id IN beside) AND {{in_force(j)}} AND {{stands(i)}}
  OPTIONAL MATCH (i)<-[h:HAS_WAY]-(w:ChinaAI:Requirement)
  WHERE {{stands(h)}}
  OPTIONAL MATCH (i)<-[k:PART_OF]-(t:ChinaAI:Article)
  WHERE {{in_force(k)}}
  WITH i, p, w, p.id IN whole AS inside, collect(t.id) AS articles
  WHERE w IS NULL OR {{in_force_either(w)}}
  OPTIONAL MATCH (q:ChinaAI:Requirement)-[b:BASED_ON]->(x:ChinaAI)
  WHERE {{in_force(b)}} AND (x.id = i.id OR x.id IN articles)
  WITH i, p, w, inside, q ORDER BY p.name, q.name, w.id
  WITH i, head(collect(w)) AS w, collect(DISTINCT q.name) AS duties, collect(DISTINCT p.name) AS at,
       collect(DISTINCT CASE WHEN inside THEN p.id END) AS over
  RETURN 'rule' AS kind, {{joined(at)}} AS at,
         coalesce(w.id, i.id) AS about_id, coalesce(w.name + ': ', '') + i.name AS about,
         coalesce(w.name_zh + coalesce('：' + i.name_zh, ''), i.name_zh) AS about_zh,
         CASE WHEN size(over) > 0 THEN 'holds here' ELSE 'holds in a part of it: ' + {{joined(at)}} END
         + CASE WHEN size(duties) = 0 THEN '' ELSE '; behind ' + {{joined(duties)}} END AS says,
         null AS n, null AS waits, null AS median, coalesce('open where ' + i.when, i.note) AS note, null AS fact_id,
         w.confidence AS confidence, coalesce(i.sources, w.sources, []) AS sources, 4 AS rank
  UNION
  MATCH (c:ChinaAI)-[s:IN_JURISDICTION|BASED_IN]->(p:ChinaAI:Jurisdiction)
  WHERE (c:Company OR c:Fund) AND p.id IN here AND {{in_force(s)}}
  WITH c, p, s ORDER BY type(s), s.fact_id
  WITH c, p, collect(s) AS ties, min(coalesce(s.fact_id, '')) AS first
  WITH c, p, ties, [s IN ties WHERE type(s) = 'BASED_IN' | s] AS cited
  RETURN 'company' AS kind, p.name AS at, c.id AS about_id, c.name AS about, c.name_zh AS about_zh,
         'seat in ' + p.name AS says, null AS n, null AS waits, null AS median,
         CASE WHEN size(cited) = 0 THEN 'as the curator wrote it; no page is cited for a seat, and no day is known' END AS note,
         head([s IN cited | s.fact_id]) AS fact_id, head([s IN cited | s.confidence]) AS confidence,
         reduce(text = [], s IN cited | text + s.sources) AS sources, 5 AS rank
}
RETURN kind, at, about_id, about, about_zh, says, n, waits, median, note, fact_id, confidence, sources
ORDER BY rank, kind, at, about, about_id
