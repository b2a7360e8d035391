# Written by `python -m chinaai.cli.stub` from queries/catalogue. Do not edit.
from datetime import date
from typing import Any, Literal

from .answers import Rows
from .params import Param
from .saved import SavedQuery
from .rows import ApprovalRow, BesideRow, ChangeRow, ConflictRow, EmbedRow, FilingRow, MakerRow, ModelRow, NameRow, NewestModelRow, ObservationRow, PairRow, PartnershipRow, PathRow, PlaceRow, RestrictionRow, SentenceRow, SourceRow, SpanRow, TieOnceRow, TieRow, UnownedRow
from .rows_entry import FactDutyRow, GatePassedRow, LawAheadRow, LawDutyRow, OnshoreRow, OptionRow, PartnerEvidenceRow, PrecedentRow, RequirementRow, StepRow
from .rows_knowledge import BeneficiaryRow, BuilderRow, CapitalRow, CountRow, PersonRow, StackRow

AsOf = date | str | None

def method_name(question: str) -> str: ...
def type_of(param: Param) -> Any: ...
def words(query: SavedQuery) -> str: ...
def ordered(query: SavedQuery) -> list[tuple[str, Param]]: ...
def placed(query: SavedQuery) -> list[str]: ...
def default_of(param: Param) -> Any: ...

class Methods:
    def run(self, name: str, **params: Any) -> Rows[Any]: ...
    def approvals(self, company: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[ApprovalRow]:
        """What is said of this company's approvals in China as of a day, what does the register list, and which of the two is preferred and why? 一家公司在华人工智能审批：报道与登记对照。

        Args:
            company: company, by any of its names.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with kind, about, says, day, preferred, reason, fact_id, status, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def article(self, *, known: AsOf = None) -> Rows[SentenceRow]:
        """What became of each sentence of the article the graph began with? 原文逐句说明。 Without a confidence: all rows, for a sentence of the article is accounted for and not judged.

        Args:
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with sentence, account, gist, facts, reason, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def beneficiaries(self, event: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[BeneficiaryRow]:
        """Who gained after this event, or after this firm and the events named after it, as of a day? 事件或公司的受益者。

        Args:
            event: event or company.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with relation, direction, other_id, other, other_type, after_id, after, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def capital(self, company: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[CapitalRow]:
        """Who put money into this company or holds it, what did it raise and at what value, where is it listed, and what did it buy, as of a day? 一家公司的资本。

        Args:
            company: company or fund, by any of its names.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with what, other_id, other, value, unit, approximate, says, role, day, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def changes(self, start: AsOf, end: AsOf, *, entity: str | None = None, kind: Literal['partnership', 'model', 'law', 'filing', 'capital', 'restriction', 'other'] | None = None, sector: Literal['devices', 'cars', 'mobility', 'cloud', 'models', 'chips', 'robots', 'consumer-internet', 'retail', 'health', 'finance', 'software', 'telecom', 'media-games', 'education', 'public', 'industry', 'services'] | None = None, known: AsOf = None) -> Rows[ChangeRow]:
        """What began, ended, was announced, released, listed or came into force between two days, both counted, and what was first seen then? 两个日期之间的变化。 Without a confidence: law, for which of a rule's pages tells the day is not kept.

        Args:
            start: first day of the window.
            end: last day of the window.
            entity: only what touches this entity, by any of its names.
            kind: only changes of this kind.
            sector: only what touches a company of this sector.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with day, inside, what, kind, subject_id, subject, relation, object_id, object, detail, others, fact_id, status, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def conflicts(self, *, known: AsOf = None) -> Rows[ConflictRow]:
        """On what do the sources disagree, and which side is preferred? 存在分歧的事实。

        Args:
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with question, says, preferred, reason, fact_id, status, since, seen, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def embeds(self, model: str | None = None, as_of: AsOf = None, *, known: AsOf = None) -> Rows[EmbedRow]:
        """Which products and companies use this model or family, or what does this company use, as of a day? 谁在用哪个模型。

        Args:
            model: model, family or product; all where it is left out.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with user_id, user, user_type, model_id, model, developer, product, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def entry_options(self, service: str, as_of: AsOf = None, *, actor: Literal['fie', 'offshore', 'domestic'] = 'fie', without: str | None = None, known: AsOf = None) -> Rows[OptionRow]:
        """By which strategies and gates can this kind of actor bring this kind of service to the market, as of a day? 某类服务的市场准入方案（由优到次）。

        Args:
            service: service kind, by any of its names.
            as_of: day the answer is for.
            actor: fie (foreign-invested company), offshore or domestic.
            without: requirement that must not be due, as r.jv50.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with option_id, rank, strategy_id, strategy, gate, gate_tier, gate_evidence, due, held, depends, unknown, closed_by, bars, untimed, days_p10, days_p50, days_p80, days_p90, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def entry_path(self, service: str, as_of: AsOf = None, *, actor: Literal['fie', 'offshore', 'domestic'] = 'fie', option: str | None = None, known: AsOf = None) -> Rows[StepRow]:
        """Which steps does the best plan of this kind of actor have for this kind of service, as of a day? 首选市场准入方案（逐步）。

        Args:
            service: service kind, by any of its names.
            as_of: day the answer is for.
            actor: fie (foreign-invested company), offshore or domestic.
            option: id of a plan from entry-options; the first where it is left out.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with strategy, gate, level, requirement_id, requirement, requirement_zh, way, performer, blocks_launch, critical, authority, instrument, article, verified, days_min, days_typical, days_max, measures, days_basis, days_n, status, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def fact_duties(self, fact: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[FactDutyRow]:
        """Which duties, prohibitions and strategies depend on this fact of a case? 依据某一案情事实的义务。 Without a confidence: strategies, which are ways to go and no findings.

        Args:
            fact: fact of a case by id or name: paid, persons_out, 公司所在省份 ….
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with duty_id, duty, duty_zh, kind, role, fact, applies_when, applies_when_zh, in_force, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def filed_model_makers(self, as_of: AsOf = None, *, known: AsOf = None) -> Rows[MakerRow]:
        """Which Chinese companies hold a 备案 of a model of their own that a partner could call, as of a day? 已完成备案、可作为合作方的模型企业。

        Args:
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with company_id, company, company_zh, n, first_listed, models, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def filing_beside_notice(self, company: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[BesideRow]:
        """How long did this company's filings take, beside the median of the same kind in the same notice? 某公司备案用时与同批中位数对比。

        Args:
            company: company, by any of its names.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with service, number, kind, accepted, listed, days, notice, notice_n, notice_unknown, notice_median, note, derived, fact_id, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def filings(self, company: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[FilingRow]:
        """Which generative-AI services did this company and its subsidiaries file or register, as of a day? 一家公司的备案与登记。

        Args:
            company: company, by any of its names.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with company_id, company, country, service, entity, kind, number, province, accepted, listed, days, derived, owner_basis, fact_id, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def foreign_chinese_partnerships(self, as_of: AsOf = None, *, sector: Literal['devices', 'cars', 'mobility', 'cloud', 'models', 'chips', 'robots', 'consumer-internet', 'retail', 'health', 'finance', 'software', 'telecom', 'media-games', 'education', 'public', 'industry', 'services'] | None = None, known: AsOf = None) -> Rows[PairRow]:
        """Which foreign companies work with which Chinese ones, as of a day? 中外企业合作。

        Args:
            as_of: day the answer is for.
            sector: only where one of the two is in this sector.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with foreign_id, foreign_company, country, chinese_id, chinese_company, product, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def foreign_filings(self, as_of: AsOf = None, *, known: AsOf = None) -> Rows[FilingRow]:
        """Which generative-AI services of foreign-owned companies stand in the register, as of a day? 外资企业的生成式人工智能服务备案与登记。

        Args:
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with company_id, company, country, service, entity, kind, number, province, accepted, listed, days, derived, owner_basis, fact_id, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def gate_passed(self, gate: Literal['filing', 'registration'], as_of: AsOf = None, *, service: str | None = None, owners: Literal['foreign', 'domestic'] | None = None, known: AsOf = None) -> Rows[GatePassedRow]:
        """Which owners passed this gate, for which kind of service, when, and after how many days? 已通过备案或登记的企业。

        Args:
            gate: filing 备案 or registration 登记.
            as_of: day the answer is for.
            service: only rows of this kind of service.
            owners: only rows of these owners.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with filing_id, service, number, gate, filer, owners, companies, kinds, province, accepted, listed, days, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def hosts(self, model: str | None = None, as_of: AsOf = None, *, known: AsOf = None) -> Rows[EmbedRow]:
        """On which clouds and platforms can this model be had, as of a day? 谁托管或提供哪个模型。

        Args:
            model: model, family or product; all where it is left out.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with user_id, user, user_type, model_id, model, developer, product, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def law_ahead(self, requirement: str | None = None, as_of: AsOf = None, *, known: AsOf = None) -> Rows[LawAheadRow]:
        """Which law comes into force after this day, is drafted or reported, and which duties does it touch? 将生效的法规与征求意见稿。

        Args:
            requirement: only what touches this duty.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with item_id, day, day_means, says, says_zh, instrument, duty_ids, duties, concerns, concerns_zh, watch, status, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def law_duties(self, instrument: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[LawDutyRow]:
        """Which duties and prohibitions rest on this instrument, by which article, and what was checked? 以某一法律文件为依据的义务。

        Args:
            instrument: law, rule, notice or standard by any of its names.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with duty_id, duty, duty_zh, prohibition, article, says, verified, verdict, in_force, applies_when, applies_when_zh, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def lineage(self, model: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[TieRow]:
        """What is this model built from, and what was built from it? 模型谱系。

        Args:
            model: model or family.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with relation, direction, other_id, other, other_type, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def market(self, market: str | None = None, as_of: AsOf = None, *, entity: str | None = None, metric: Literal['market_share', 'users', 'monthly_active_users', 'daily_active_users', 'tokens_processed', 'shipments', 'fleet', 'rides', 'market_rank', 'growth', 'derivatives'] | None = None, known: AsOf = None) -> Rows[CountRow]:
        """How many users, tokens, units or what share did this market or this company with its products have, counted by whom and of which span, both sides of every conflict? 用户、用量与份额（按统计机构）。

        Args:
            market: market or country; any where it is left out.
            as_of: day the answer is for.
            entity: company with its products and models, or one of these; any where it is left out.
            metric: only this figure.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with subject_id, subject, metric, value, unit, approximate, day, measured_by, market, rank, preferred, fact_id, status, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def models(self, developer: str | None = None, as_of: AsOf = None, *, known: AsOf = None) -> Rows[ModelRow]:
        """Which models did this developer make, as of a day? 开发者与模型。

        Args:
            developer: company, by any of its names; all where it is left out.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with developer_id, developer, model_id, model, model_type, family, released, licence, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def names(self, text: str, *, limit: int = 50, known: AsOf = None) -> Rows[NameRow]:
        """Which things in the graph bear these words in a name, registered name, listing or hub name, best match first? 名称检索。

        Args:
            text: words of the name, English or Chinese; a Latin word may be cut short.
            limit: most rows.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with id, type, name, name_zh, aliases.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def newest_models(self, developer: str | None = None, as_of: AsOf = None, *, known: AsOf = None) -> Rows[NewestModelRow]:
        """Which model did each maker release last, as of a day? 各家最新模型。

        Args:
            developer: company, by any of its names; all where it is left out.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with developer_id, developer, model_id, model, model_type, family, released, licence, undated, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def observations(self, entity: str, as_of: AsOf = None, *, metric: Literal['active_parameters', 'amount_raised', 'approved_for_public', 'benchmark_claim', 'charge', 'commitment', 'compute_owned', 'constituent_count', 'daily_active_users', 'derivatives', 'enterprise_count', 'fdi_inflow', 'feature', 'fleet', 'forward_pe', 'forward_pe_5y_average', 'founded', 'fund_size', 'growth', 'index_level', 'index_milestone', 'issued', 'item_count', 'licence_term', 'market_cap', 'market_rank', 'market_share', 'market_value_change', 'monthly_active_users', 'net_profit', 'offer_price', 'open_sourced', 'parameters', 'planned_output', 'price_change', 'provision', 'published', 'ranking_claim', 'released', 'revenue', 'revenue_growth', 'revenue_share', 'rides', 'shipments', 'statement', 'status_in_market', 'tokens_processed', 'training_compute', 'training_cost', 'training_tokens', 'users', 'valuation'] | None = None, known: AsOf = None) -> Rows[ObservationRow]:
        """What was measured or dated of this company, model, index or market, up to a day? 某实体的数据。

        Args:
            entity: company, model, index, market ….
            as_of: day the answer is for.
            metric: one metric; all where it is left out.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with subject, metric, value, unit, text, date, market, measured_by, rank, fact_id, status, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def onshore(self, company: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[OnshoreRow]:
        """Which companies in mainland China does this company control or hold a joint venture in? 一家公司在中国大陆的控股或合资企业。

        Args:
            company: company, by any of its names.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with relation, onshore_id, onshore, onshore_type, basis, fact_id, status, since, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def partner_evidence(self, requirement: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[PartnerEvidenceRow]:
        """Which Chinese companies were seen to hold what this partner step asks for, as of a day? 具备合作方资质证据的企业。

        Args:
            requirement: partner step: r.modelpartner, r.licensee or r.map-partner.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with company_id, company, company_zh, requirement, evidence, kind, fact_id, since, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def partnerships(self, company: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[PartnershipRow]:
        """Who works with this company or its units, as of a day? 一家公司的合作关系。

        Args:
            company: company, by any of its names.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with partner_id, partner, partner_zh, country, unit, product, history, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def path(self, start: str, end: str, as_of: AsOf = None, *, limit: int = 25, known: AsOf = None) -> Rows[PathRow]:
        """How are these two connected in at most three steps, as of a day? 两个实体之间的路径与证据。

        Args:
            start: one end, by any of its names.
            end: the other end.
            as_of: day the answer is for.
            limit: most rows.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with length, nodes, steps, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def people(self, company: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[PersonRow]:
        """Who founded or leads this company, its units, models and products, as what, since when, and who has left, as of a day? 一家公司的人物。

        Args:
            company: company or fund or model family or product, by any of its names.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with person_id, person, person_zh, role, of_id, of, standing, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def place(self, place: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[PlaceRow]:
        """Which offices take filings at this place, how many were filed there and how long did they wait, who has its seat there, and which rules hold there alone? 某地的受理机构、备案、企业与区域规则。 Without a confidence: the place, its offices, rules that no duty's way rests on, and seats for which no page is cited.

        Args:
            place: province, city or zone, such as Shanghai, 深圳市 or Lingang.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with kind, at, about_id, about, about_zh, says, n, waits, median, note, fact_id, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def precedents(self, service: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[PrecedentRow]:
        """Who has brought this kind of service to the market or was stopped, when, and how many days did it take? 某类服务的先例（案例与备案登记）。

        Args:
            service: service kind, by any of its names.
            as_of: day the answer is for; what became known later is left out.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with precedent_id, precedent, kind, companies, company_ids, countries, partners, strategies, requirement, number, status_as_of, outcome, started, listed, days, days_basis, derived, disputed, timeline, status, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def requirements(self, service: str, as_of: AsOf = None, *, actor: Literal['fie', 'offshore', 'domestic'] = 'fie', known: AsOf = None) -> Rows[RequirementRow]:
        """What does a launch of this kind of service need from this kind of actor, as of a day? 某类服务的合规要求（主管机关与法律依据）。

        Args:
            service: service kind, by any of its names.
            as_of: day the answer is for.
            actor: fie (foreign-invested company), offshore or domestic.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with requirement_id, requirement, requirement_zh, strategies, applies_when, applies_when_zh, authority, instrument, article, says, verified, in_force, blocks_launch, days_min, days_typical, days_max, measures, days_basis, status, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def restrictions(self, company: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[RestrictionRow]:
        """Which control lists, bans, orders, export rules, reviews and permits touch this company, its units, the group above it or what it makes, as of a day, since when and with what effect; and which edition of a list does not name it? 涉及某公司的清单、禁令与出口管制。 Without a confidence: lists of which no edition is in the graph, for nothing is known of them.

        Args:
            company: company or fund or legal entity, by any of its names.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with kind, list_id, list_name, standing, who, printed, edition, effect, effect_page, statement, similar, others, fact_id, since, until, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def shares(self, market: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[ObservationRow]:
        """Who held which share of this market, by each firm that counts, up to a day? 市场份额（按统计机构）。

        Args:
            market: market.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with subject, metric, value, unit, text, date, market, measured_by, rank, fact_id, status, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def sources(self, fact: str, *, known: AsOf = None) -> Rows[SourceRow]:
        """Which sources does this fact rest on, who else has read them, and how did its confidence come about? 事实的来源。

        Args:
            fact: id of a fact, as every row shows it.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with source_id, title, publisher, published, kind, origin, url, confidence_why, read, fact_id, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def stack(self, as_of: AsOf = None, *, layer: Literal['lithography', 'equipment', 'eda', 'foundry', 'packaging', 'memory', 'accelerator', 'car-chip', 'phone-chip', 'optics', 'sensor', 'server', 'networking'] | None = None, company: str | None = None, known: AsOf = None) -> Rows[StackRow]:
        """Which companies stand in this layer of the hardware stack, what do they design and make, who fabs it for them, whom do they supply, and what runs on it, as of a day? 硬件产业链（按层）。 Without a confidence: a company of which no such fact is known.

        Args:
            as_of: day the answer is for.
            layer: only this layer.
            company: only this company.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with company_id, company, country, layers, relation, thing_id, thing, other_id, other, fact_id, status, since, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def talks(self, company: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[TieRow]:
        """With whom did this company talk or whom did it consider, as of a day? 洽谈与选择。

        Args:
            company: company, by any of its names.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with relation, direction, other_id, other, other_type, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def ties(self, entity: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[TieOnceRow]:
        """What is known of this entity and others, as of a day? 与某实体相关的全部事实。

        Args:
            entity: anything in the graph, by any of its names.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with relation, direction, other_id, other, other_type, others, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def time_to_listing(self, as_of: AsOf = None, *, by: Literal['kind', 'notice', 'province', 'year', 'owner'] = 'kind', kind: Literal['filing', 'registration'] | None = None, known: AsOf = None) -> Rows[SpanRow]:
        """How many days passed between acceptance and listing, by kind, notice, province, year or owner? 从受理到公示的天数分布。

        Args:
            as_of: day the answer is for.
            by: what the groups are; the year is that of the listing.
            kind: filing (备案) or registration (登记); where it is left out, both for by=kind, else filing, as the two are never pooled.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with group, kind, n, unknown, shortest, quartile1, median, quartile3, longest, note, derived, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def unowned_entities(self, *, limit: int = 100, known: AsOf = None) -> Rows[UnownedRow]:
        """Which legal entities in the register have no known owner, most filings first? 归属未知的备案主体。 Without a confidence: all rows, for that no owner is known is told by no page.

        Args:
            limit: most rows.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with entity_id, entity, n, services, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
    def who_builds_on(self, model: str, as_of: AsOf = None, *, known: AsOf = None) -> Rows[BuilderRow]:
        """Which models, products and companies build on this model or family, or serve it from their own machines, itself or through a model made from it, as of a day? 谁在用某个模型或系列进行开发。

        Args:
            model: model, family or product with a model in it.
            as_of: day the answer is for.
            known: day whose knowledge answers, before later mends; it is also the day asked where that is left out.

        Returns:
            Rows with user_id, user, user_type, companies, how, model_id, model, indirect, product, fact_id, status, since, until, announced, seen, scope, conflict, confidence, sources.

        Raises:
            QueryError: a name is unknown or ambiguous, or a value can't be.
        """
