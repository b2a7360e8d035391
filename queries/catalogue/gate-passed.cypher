// ---
// title: Who has passed a gate
// title_zh: 已通过备案或登记的企业
// question: Which owners passed this gate, for which kind of service, when, and after how many days?
// row: GatePassedRow
// show: [service, companies, listed]
// params:
//   gate: {choices: [filing, registration], about: 'filing 备案 or registration 登记'}
//   service: {labels: [ServiceKind], about: 'only rows of this kind of service', required: false}
//   owners: {choices: [foreign, domestic], about: 'only rows of these owners', required: false}
// judged: true
// areas: [registers]
// example: {gate: filing, owners: foreign, as_of: '2026-11-24'}
// ---
MATCH (f:ChinaAI:Filing)-[b:FILED_BY]->(l:ChinaAI:LegalEntity)
WHERE f.kind = $gate AND {{stands(b)}} AND {{known_either(f)}} AND ($owners IS NULL OR l.owner_class = $owners)
OPTIONAL MATCH (l)-[o:SUBSIDIARY_OF]->(c:ChinaAI:Company) WHERE {{in_force(o)}}
OPTIONAL MATCH (f)-[s:COVERS]->(v:ChinaAI:Service) WHERE {{stands(s)}}
OPTIONAL MATCH (v)-[g:FOR_SERVICE]->(k:ChinaAI:ServiceKind) WHERE {{stands(g)}}
WITH f, l, c, o, k ORDER BY f.id, c.id, k.id
WITH f, l, collect(DISTINCT c.name) AS companies, collect(DISTINCT k.id) AS kinds, min(o.confidence) AS sure
WHERE $service IS NULL OR $service IN kinds
RETURN f.id AS filing_id, f.kind AS gate, l.name AS filer, l.owner_class AS owners, companies, kinds,
       {{filing(f)}},
       coalesce(sure, f.confidence) AS confidence, f.sources AS sources
ORDER BY listed, filing_id
