// ---
// title: Lists, bans and export rules that touch a company
// title_zh: 涉及某公司的清单、禁令与出口管制
// question: Which control lists, bans, orders, export rules, reviews and permits touch this company, its units, the group above it or what it makes, as of a day, since when and with what effect; and which edition of a list does not name it?
// row: RestrictionRow
// show: [list_name, who, statement]
// params:
//   company: Company|Fund|LegalEntity
// areas: [restrictions]
// unsure: lists of which no edition is in the graph, for nothing is known of them
// example: {company: SMIC, as_of: '2026-11-24'}
// ---
MATCH (c:ChinaAI {id: $company})
OPTIONAL MATCH (c)<-[s:SUBSIDIARY_OF]-(u:ChinaAI)
WHERE {{in_force(s)}}
WITH c, collect(DISTINCT u.id) AS units
OPTIONAL MATCH (c)-[t:SUBSIDIARY_OF]->(g:ChinaAI)
WHERE {{in_force(t)}}
WITH c, units, collect(DISTINCT g.id) AS groups
CALL (c, units, groups) {
  UNWIND [c.id] + units + groups AS one
  MATCH (m:ChinaAI {id: one})-[r:NAMED_IN]->(l:ChinaAI:ControlList)
  WHERE {{known_either(r)}}
  WITH c, units, m, l, r ORDER BY r.fact_id
  WITH c, units, m, l, collect(r) AS told
  // a listing that the loaded list and a fact tell alike is one row
  UNWIND told AS f
  WITH c, units, m, l, f, NOT ({{in_force_either(f)}}) AS over, coalesce(f.since, f.announced) AS day,
       [o IN told WHERE {{alike(f, o, as_of)}}] AS alike, [o IN told WHERE {{alike(o, f, as_of)}}] AS held,
       [o IN told WHERE size(coalesce(o.editions, [])) > 0 AND size(coalesce(f.editions, [])) = 0
          AND (f.until IS NULL OR o.since < f.until)
          AND (o.until IS NULL OR coalesce(f.since, f.announced) IS NULL OR o.until > coalesce(f.since, f.announced))] AS apart
  WHERE size(held) = 0
  WITH m, l, f, alike, apart, over, day, [e IN coalesce(f.editions, []) WHERE e <= toString($as_of)] AS editions,
       CASE WHEN m.id = c.id THEN m.name WHEN m.id IN units THEN 'its unit ' + m.name
            ELSE 'the group above it, ' + m.name END AS who
  WITH m, l, f, alike, apart, over, day, who, CASE WHEN size(editions) = 0 THEN null ELSE last(editions) END AS edition
  RETURN l.id AS list_id, l.name AS list_name, CASE WHEN over THEN 'was named' ELSE 'named' END AS standing, who,
         coalesce(f.printed, []) AS printed, edition, day AS since,
         CASE WHEN over THEN f.until END AS until, l.effect AS effect, l.effect_page AS effect_page,
         who + CASE WHEN over THEN ' stood on it' ELSE ' stands on it' END
           + coalesce(' since ' + toString(day), '')
           + reduce(all = '', name IN [n IN coalesce(f.printed, []) WHERE n <> m.name] | all + ', as ' + name)
           + CASE WHEN over THEN ' until ' + coalesce(f.until, 'a day not known') ELSE '' END
           + coalesce(', last in the edition of ' + edition, '')
           + coalesce(' (' + {{scopes(f, alike)}} + ')', '')
           + reduce(all = '', o IN apart | all + ', by the editions loaded here since ' + o.since
                                                + coalesce(' until ' + o.until, '')) AS statement,
         [] AS similar, f.fact_id AS fact_id, [o IN alike | o.fact_id] AS others, {{surest(f, alike)}} AS confidence,
         {{pages(f, alike)}} AS sources, 0 AS place, 'list' AS kind
  UNION
  MATCH (l:ChinaAI:ControlList)<-[p:EDITION_OF]-(e:ChinaAI:ListEdition)
  WHERE {{stands(e)}} AND {{stands(p)}} AND e.day_from <= $as_of
  WITH c, l, e ORDER BY e.day_from
  WITH c, l, last(collect(e)) AS e
  OPTIONAL MATCH (c)-[r:NAMED_IN]->(l) WHERE {{known_either(r)}} AND e.day IN r.editions
  WITH c, l, e, count(r) AS named
  WHERE named = 0
  OPTIONAL MATCH (l)<-[q:NAMED_IN]-(m:ChinaAI:LegalEntity)
  WHERE {{known_either(q)}} AND e.day IN q.editions AND m.id <> c.id
    AND any(n IN [c.name] + coalesce(c.aliases, []) + coalesce(c.legal_names, [])
            WHERE size(n) >= 4 AND (toLower(m.name) CONTAINS toLower(n)
              OR any(a IN coalesce(m.aliases, []) WHERE toLower(a) CONTAINS toLower(n))))
  WITH c, l, e, m ORDER BY m.name
  WITH c, l, e, collect(DISTINCT m.name) AS similar
  RETURN l.id AS list_id, l.name AS list_name, 'not named' AS standing, c.name AS who, [] AS printed, e.day AS edition,
         null AS since, null AS until, l.effect AS effect, l.effect_page AS effect_page,
         c.name + ' is not on the edition of ' + e.day + ' under any name known here; it names '
           + toString(e.members) + ' members'
           + CASE WHEN size(similar) > 0 THEN '. Names like it stand there and are not joined to it: see similar'
                  ELSE '' END AS statement,
         similar, null AS fact_id, [] AS others, 0.8 AS confidence, e.sources AS sources, 1 AS place, 'list' AS kind
  UNION
  MATCH (l:ChinaAI:ControlList)
  WHERE {{stands(l)}}
  OPTIONAL MATCH (l)<-[p:EDITION_OF]-(e:ChinaAI:ListEdition)
  WHERE {{stands(e)}} AND {{stands(p)}} AND e.day_from <= $as_of
  OPTIONAL MATCH (l)<-[q:NAMED_IN]-(x:ChinaAI)
  WHERE {{known_either(q)}}
  WITH c, l, count(DISTINCT e) AS editions, collect(DISTINCT x.id) AS names
  WHERE editions = 0 AND NOT c.id IN names
  RETURN l.id AS list_id, l.name AS list_name, 'not known' AS standing, c.name AS who, [] AS printed, null AS edition,
         null AS since, null AS until, l.effect AS effect, l.effect_page AS effect_page,
         'no edition of this list is in the graph, only ' + toString(size(names))
           + ' names; that ' + c.name + ' is not among them says nothing' AS statement,
         [] AS similar, null AS fact_id, [] AS others, null AS confidence, [] AS sources, 2 AS place, 'list' AS kind
  UNION
  OPTIONAL MATCH (c)-[d:DEVELOPED|OPERATES|MANUFACTURED]->(made:ChinaAI)
  WHERE {{in_force(d)}}
  WITH c, units, groups, collect(DISTINCT made.id) + units + groups + [c.id] AS touched
  MATCH (x:ChinaAI)
  WHERE x.id IN touched
  MATCH (x)<-[r:RESTRICTS|PERMITS|REVIEWS]-(a:ChinaAI)
  WHERE {{known_either(r)}}
  WITH c, units, groups, a, r, x, NOT ({{in_force_either(r)}}) AS over,
       CASE WHEN x.id = c.id THEN x.name WHEN x.id IN units THEN 'its unit ' + x.name
            WHEN x.id IN groups THEN 'the group above it, ' + x.name ELSE 'what it makes, ' + x.name END AS who,
       CASE type(r) WHEN 'PERMITS' THEN 'permit' WHEN 'REVIEWS' THEN 'review' ELSE coalesce(r.measure, 'restriction') END AS kind
  RETURN a.id AS list_id, a.name AS list_name, CASE WHEN over THEN 'ended' ELSE 'in force' END AS standing, who,
         [] AS printed, null AS edition, coalesce(r.since, r.announced) AS since, CASE WHEN over THEN r.until END AS until,
         r.scope AS effect, null AS effect_page,
         a.name + CASE WHEN kind = 'permit' THEN ': permit for ' WHEN kind = 'review' THEN ': review of ' ELSE ': ' + kind + ' on ' END
           + x.name
           + CASE WHEN r.since IS NOT NULL THEN ', since ' + r.since WHEN r.announced IS NOT NULL THEN ', announced ' + r.announced
                  WHEN r.as_of IS NOT NULL THEN ', seen ' + r.as_of ELSE ', day not known' END
           + CASE WHEN over THEN ', until ' + coalesce(r.until, 'a day not known') ELSE '' END
           + coalesce(' (' + r.scope + ')', '') AS statement,
         [] AS similar, r.fact_id AS fact_id, [] AS others, r.confidence AS confidence, r.sources AS sources, 3 AS place, kind
}
RETURN kind, list_id, list_name, standing, who, printed, edition, since, until, effect, effect_page, statement, similar, others, fact_id, confidence, sources
ORDER BY place, list_id, standing, since, who, fact_id
