// ---
// title: Duties that read a fact of a case
// title_zh: 依据某一案情事实的义务
// question: Which duties, prohibitions and strategies depend on this fact of a case?
// row: FactDutyRow
// params:
//   fact: {labels: [CaseFact], about: 'fact of a case by id or name: paid, persons_out, 公司所在省份 …'}
// unsure: strategies, which are ways to go and no findings
// areas: [law]
// example: {fact: fact.paid, as_of: '2026-11-24'}
// ---
MATCH (k:ChinaAI {id: $fact})
OPTIONAL MATCH (k)<-[u:READS_FACT]-(d:ChinaAI:CaseFact) WHERE {{stands(u)}}
WITH k, collect(d) AS derived
UNWIND [k] + derived AS via
MATCH (via)<-[q:READS_FACT]-(r:ChinaAI)
WHERE {{stands(q)}} AND NOT r:CaseFact AND {{in_force_either(r)}}
RETURN r.id AS duty_id, r.name AS duty, r.name_zh AS duty_zh,
       CASE WHEN r:EntryStrategy THEN 'strategy' WHEN r:LawAhead THEN 'law ahead'
            WHEN r.prohibition THEN 'prohibition' ELSE r.kind END AS kind,
       q.role AS role, via.name AS fact, r.when AS applies_when, r.when_zh AS applies_when_zh,
       r.known_from AS in_force, r.confidence AS confidence, coalesce(r.sources, []) AS sources
ORDER BY kind, duty_id, role, fact
