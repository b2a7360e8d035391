// ---
// title: Shares of a market, by who counted
// title_zh: 市场份额（按统计机构）
// question: Who held which share of this market, by each firm that counts, up to a day?
// row: ObservationRow
// show: [subject, value, measured_by, when]
// params:
//   market: {about: 'market', labels: [Market, Jurisdiction]}
// areas: [use]
// example: {market: cn-smartphone-market, as_of: '2025-03-01'}
// ---
MATCH (k:ChinaAI {id: $market})<-[m:IN_MARKET]-(o:ChinaAI:Observation)
WHERE o.metric = 'market_share'
  AND {{known(o)}} AND {{stands(m)}}
MATCH (o)-[f:OF]->(s:ChinaAI) WHERE {{stands(f)}}
OPTIONAL MATCH (o)-[b:MEASURED_BY]->(w:ChinaAI) WHERE {{stands(b)}}
RETURN s.name AS subject, k.name AS market, w.name AS measured_by,
       {{figure(o)}}
ORDER BY o.known_from DESC, measured_by, value DESC, fact_id
