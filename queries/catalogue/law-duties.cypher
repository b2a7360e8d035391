// ---
// title: Duties that rest on an instrument
// title_zh: 以某一法律文件为依据的义务
// question: Which duties and prohibitions rest on this instrument, by which article, and what was checked?
// row: LawDutyRow
// show: [duty, article, says]
// params:
//   instrument: {labels: [Instrument], about: 'law, rule, notice or standard by any of its names'}
// areas: [law]
// example: {instrument: 生成式人工智能服务管理暂行办法, as_of: '2026-11-24'}
// ---
MATCH (i:ChinaAI {id: $instrument})
OPTIONAL MATCH (i)<-[p:PART_OF]-(t:ChinaAI:Article) WHERE {{stands(p)}}
WITH i, collect(t) AS articles
UNWIND [i] + articles AS l
MATCH (l)<-[b:BASED_ON]-(r:ChinaAI:Requirement)
WHERE {{in_force(b)}}
RETURN r.id AS duty_id, r.name AS duty, r.name_zh AS duty_zh, r.prohibition AS prohibition,
       CASE WHEN l:Article THEN l.art END AS article, b.says AS says, b.verified AS verified, b.verdict AS verdict,
       b.known_from AS in_force, r.when AS applies_when, r.when_zh AS applies_when_zh, r.confidence AS confidence,
       coalesce(b.sources, []) + coalesce(r.sources, []) AS sources
ORDER BY toInteger(head(split(article, '-'))), article, duty_id, says
