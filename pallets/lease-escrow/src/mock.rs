// SPDX-License-Identifier: Apache-2.0

//! A runtime of balances, leases and doubles of the neighbours. All state of the doubles is in
//! storage, so that a failed call rolls it back too.

pub mod neighbours;

pub use crate as pallet_lease_escrow;
use crate::{weights::WeightInfo, Event, LeaseOf, Leases, OwnerBond};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible::{hold::Inspect as _, Inspect as _, Mutate as _},
		tokens::imbalance::ResolveTo,
		ConstU128, ConstU32, Get, Hooks, OnTimestampSet,
	},
	weights::{Weight, WeightMeter},
};
use sp_core::H256;
use sp_runtime::{traits::IdentityLookup, BuildStorage, Perbill};
use tenure_primitives::{
	Acceptance, Admission, Balance, CancellationStep, Custody, DeviceId, DeviceInfo, DeviceKey,
	DeviceStatus, EvidencePolicy, FleetId, LeaseId, LeaseTerms, LegalText, Moment, PublicKey,
	RedeemShares, SaleConditions, SeriesId, SeriesInfo, Subject, Units,
};

pub type AccountId = u64;

type Block = frame_system::mocking::MockBlock<Runtime>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Neighbours = neighbours;
	#[runtime::pallet_index(3)]
	pub type LeaseEscrow = pallet_lease_escrow;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Runtime {
	type AccountData = pallet_balances::AccountData<Balance>;
	type Block = Block;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
	type AccountStore = System;
	type Balance = Balance;
	type DustRemoval = ResolveTo<Treasury, Balances>;
	type ExistentialDeposit = ConstU128<ED>;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type RuntimeHoldReason = RuntimeHoldReason;
}

impl neighbours::Config for Runtime {}

parameter_types! {
	pub const Treasury: AccountId = TREASURY;
	pub const SweepShare: Perbill = Perbill::from_percent(20);
	pub static ProtocolShare: Perbill = Perbill::from_percent(5);
	pub const KeeperShare: Perbill = Perbill::from_percent(20);
	pub static OutageThreshold: u32 = u32::MAX;
	pub static Standstill: bool = false;
	pub const DisputeBondShare: Perbill = Perbill::from_percent(10);
	pub const ArbiterFee: Perbill = Perbill::from_percent(5);
}

impl crate::Config for Runtime {
	type Time = Neighbours;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Devices = Neighbours;
	type Units = Neighbours;
	type Evidence = Neighbours;
	type TenantGate = Neighbours;
	type Treasury = Treasury;
	type ProtocolShare = ProtocolShare;
	type RecordDeposit = ConstU128<DEPOSIT>;
	type CustodyDeposit = ConstU128<CUSTODY_DEPOSIT>;
	type MaxBookings = ConstU32<64>;
	type ReservedBookings = ConstU32<8>;
	type MaxAdvance = ConstU32<{ 366 * DAY as u32 }>;
	type UnbondingDelay = ConstU32<{ 7 * DAY as u32 }>;
	type SweepShare = SweepShare;
	type KeeperDelay = ConstU32<600>;
	type KeeperShare = KeeperShare;
	type OutageThreshold = OutageThreshold;
	type Standstill = Standstill;
	type Arbitration = Neighbours;
	type AnswerPeriod = ConstU32<{ 3 * DAY as u32 }>;
	type ArbitrationPeriod = ConstU32<{ 14 * DAY as u32 }>;
	type DisputeBondShare = DisputeBondShare;
	type ArbiterFee = ArbiterFee;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkClock = Neighbours;
}

pub const ED: Balance = 10;
pub const DEPOSIT: Balance = 50;
/// For the record of a hand-over.
pub const CUSTODY_DEPOSIT: Balance = 20;
pub const PRICE: Balance = 1_000;
pub const RICH: Balance = 1_000_000_000;
pub const BOND: Balance = 1_000_000;

pub const OWNER: AccountId = 1;
pub const TENANT: AccountId = 2;
pub const OTHER: AccountId = 3;
pub const KEEPER: AccountId = 4;
pub const ARBITER: AccountId = 5;
pub const TREASURY: AccountId = 99;

pub const DEVICE: DeviceId = 1;
pub const SERIES: SeriesId = 1;

/// A fleet of two devices, if [`make_fleet`] was called, and its series.
pub const FLEET: FleetId = 1;
pub const MEMBERS: [DeviceId; 2] = [11, 12];
pub const FLEET_SERIES: SeriesId = 2;

/// A series of the device whose leases are paid by receipts, if [`make_co_signed_series`] was called.
pub const CO_SERIES: SeriesId = 3;

/// A series of the device for tenants who take it home, if [`make_physical_series`] was called.
pub const HOME_SERIES: SeriesId = 4;

/// What such tenants deposit.
pub const DAMAGE: Balance = 30_000;

/// A series of the device whose leases its owner accepts, if [`make_manual_series`] was called, and one of
/// those for tenants who take it home, if [`make_manual_home_series`] was.
pub const MANUAL_SERIES: SeriesId = 5;
pub const MANUAL_HOME_SERIES: SeriesId = 6;
/// Seconds that it takes for that at most.
pub const DEADLINE: u32 = 600;

pub const HOUR: Moment = 3_600;
pub const DAY: Moment = 86_400;
/// When tests begin, a whole minute.
pub const START: Moment = 1_000_000 * 60;
/// Heartbeat gap of the terms.
pub const GAP: u32 = 120;

/// How long after the end of a lease receipts are taken.
pub const RECEIPT_WINDOW: Moment = DAY;

pub const TEXT: H256 = H256([7; 32]);

/// Evidence of the terms.
pub const HEARTBEAT: EvidencePolicy = EvidencePolicy::Heartbeat { max_gap: GAP };

/// The access key of a tenant.
pub fn key_of(who: AccountId) -> PublicKey {
	PublicKey::Sr25519([who as u8; 32])
}

pub fn terms() -> LeaseTerms<AccountId> {
	let ladder = [(DAY as u32, 1), (HOUR as u32, 10), (0, 50)].map(|(notice, percent)| {
		CancellationStep { notice, share: Perbill::from_percent(percent) }
	});
	LeaseTerms {
		min_duration: 60,
		max_duration: 30 * DAY as u32,
		advance_limit: 90 * DAY as u32,
		turnaround: 0,
		acceptance: Acceptance::Automatic,
		cancellation: ladder.to_vec().try_into().unwrap(),
		tenant_notice: 60,
		owner_notice: 0,
		owner_penalty: Perbill::from_percent(50),
		penalty_free_share: Perbill::from_percent(10),
		damage_deposit: 0,
		arbiters: Default::default(),
		custody: Custody::Remote,
		evidence: HEARTBEAT,
		objection_window: 0,
		legal: LegalText { document: TEXT, uri: Default::default() },
		admission: Admission::Anyone,
		required_endorsement: None,
		geofence: None,
	}
}

/// Share of the rent of time without signature that the payee keeps.
pub const RESERVATION: Perbill = Perbill::from_percent(10);

/// Terms of leases that are paid by receipts.
pub fn co_signed_terms() -> LeaseTerms<AccountId> {
	let ladder = [(DAY as u32, 1), (HOUR as u32, 5), (0, 10)].map(|(notice, percent)| {
		CancellationStep { notice, share: Perbill::from_percent(percent) }
	});
	LeaseTerms {
		cancellation: ladder.to_vec().try_into().unwrap(),
		evidence: EvidencePolicy::CoSigned { max_lag: 60, reservation_share: RESERVATION },
		..terms()
	}
}

/// Terms of leases for tenants who take the device home: ten minutes for each side of the hand-over, half an
/// hour to inspect, ten minutes of grace, half as much again for being late, two hours to forfeiture.
pub fn physical_terms() -> LeaseTerms<AccountId> {
	LeaseTerms {
		damage_deposit: DAMAGE,
		arbiters: vec![ARBITER].try_into().unwrap(),
		custody: Custody::Physical {
			handover_window: 600,
			inspection: 1_800,
			return_grace: 600,
			overdue_percent: 150,
			forfeit_after: 7_200,
		},
		evidence: EvidencePolicy::Clock,
		..terms()
	}
}

pub fn sale() -> SaleConditions {
	SaleConditions {
		unit_seconds: 60,
		unit_price: PRICE,
		cap: 100_000,
		sale_from: START,
		sale_until: START + 100 * DAY,
		usable_from: START,
		usable_until: START + 100 * DAY,
		redeem_shares: RedeemShares {
			before: Perbill::one(),
			during: Perbill::one(),
			after: Perbill::one(),
		},
		transferable: true,
	}
}

pub fn series_info() -> SeriesInfo<AccountId> {
	SeriesInfo {
		id: SERIES,
		subject: Subject::Device(DEVICE),
		owner: OWNER,
		sale: sale(),
		terms: terms(),
		expires: sale().usable_until,
		closed: false,
	}
}

pub fn device_info() -> DeviceInfo<AccountId> {
	DeviceInfo {
		owner: OWNER,
		status: DeviceStatus::Listed,
		offered: false,
		fleet: None,
		key: Some(DeviceKey { public: key_of(OWNER), active: true }),
		heartbeat_gap: DAY as u32,
		registered_at: START,
	}
}

/// Builds a chain with one device, seen just now, one series of it, and a bonded owner.
pub struct ExtBuilder {
	balances: Vec<(AccountId, Balance)>,
	series: SeriesInfo<AccountId>,
	device: DeviceInfo<AccountId>,
	bond: Balance,
	outage_threshold: u32,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		let mut balances: Vec<_> =
			[OWNER, TENANT, OTHER, KEEPER, ARBITER].map(|who| (who, RICH)).to_vec();
		balances.push((TREASURY, ED));
		balances.extend([1, 2, 3, 4, 5, 6].map(|series| (neighbours::series_account(series), ED)));
		Self {
			balances,
			series: series_info(),
			device: device_info(),
			bond: BOND,
			// Most tests let time jump.
			outage_threshold: u32::MAX,
		}
	}
}

impl ExtBuilder {
	pub fn balance(mut self, who: AccountId, amount: Balance) -> Self {
		self.balances.retain(|(account, _)| *account != who);
		if amount > 0 {
			self.balances.push((who, amount));
		}
		self
	}

	pub fn bond(mut self, amount: Balance) -> Self {
		self.bond = amount;
		self
	}

	/// Longer pauses between blocks are outages.
	pub fn outages(mut self, threshold: u32) -> Self {
		self.outage_threshold = threshold;
		self
	}

	pub fn sale(mut self, change: impl FnOnce(&mut SaleConditions)) -> Self {
		change(&mut self.series.sale);
		self
	}

	pub fn terms(mut self, change: impl FnOnce(&mut LeaseTerms<AccountId>)) -> Self {
		change(&mut self.series.terms);
		self
	}

	/// Leases are paid by receipts, and units redeem for nine tenths at least.
	pub fn co_signed(mut self) -> Self {
		self.series.terms = co_signed_terms();
		self.series.sale.redeem_shares.after = Perbill::from_percent(90);
		self
	}

	/// Rent can be objected to for `window` seconds.
	pub fn objections(self, window: u32) -> Self {
		self.terms(|terms| {
			terms.objection_window = window;
			terms.arbiters = vec![ARBITER].try_into().unwrap();
		})
	}

	/// Tenants take the device home.
	pub fn physical(mut self) -> Self {
		self.series.terms = physical_terms();
		self
	}

	pub fn device(mut self, change: impl FnOnce(&mut DeviceInfo<AccountId>)) -> Self {
		change(&mut self.device);
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let mut storage =
			frame_system::GenesisConfig::<Runtime>::default().build_storage().unwrap();
		pallet_balances::GenesisConfig::<Runtime> { balances: self.balances, ..Default::default() }
			.assimilate_storage(&mut storage)
			.unwrap();
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| {
			ProtocolShare::set(Perbill::from_percent(5));
			OutageThreshold::set(self.outage_threshold);
			Standstill::set(false);
			System::set_block_number(1);
			set_time(START);
			neighbours::Devices::<Runtime>::insert(DEVICE, self.device);
			let expires = self.series.sale.usable_until;
			neighbours::Series::<Runtime>::insert(SERIES, SeriesInfo { expires, ..self.series });
			heartbeat(DEVICE);
			neighbours::Arbiters::<Runtime>::insert(ARBITER, ());
			if self.bond > 0 {
				assert_ok!(LeaseEscrow::bond(signed(OWNER), self.bond));
			}
			System::reset_events();
		});
		ext
	}

	/// Runs `test`, then checks the invariants and that no money appeared or vanished.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			let issuance = Balances::total_issuance();
			test();
			assert_ok!(LeaseEscrow::do_try_state());
			assert_ok!(Neighbours::do_try_state());
			assert_eq!(Balances::total_issuance(), issuance);
		});
	}
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn now() -> Moment {
	neighbours::Now::<Runtime>::get()
}

/// A block at `now`, as the inherent begins it.
pub fn set_time(now: Moment) {
	neighbours::Now::<Runtime>::put(now);
	LeaseEscrow::on_timestamp_set(now * 1_000);
}

pub fn heartbeat(device: DeviceId) {
	Neighbours::heartbeat(device);
}

/// Makes the fleet: its devices were seen just now, its series sells what the other one does.
pub fn make_fleet() {
	for device in MEMBERS {
		neighbours::Devices::<Runtime>::insert(device, device_info());
		assert_ok!(Neighbours::join_fleet(FLEET, device));
		heartbeat(device);
	}
	let series = neighbours::Series::<Runtime>::get(SERIES).unwrap();
	let subject = Subject::Fleet(FLEET);
	neighbours::Series::<Runtime>::insert(
		FLEET_SERIES,
		SeriesInfo { id: FLEET_SERIES, subject, ..series },
	);
}

/// Makes a series of the device that costs as much as the first and is paid by receipts.
pub fn make_co_signed_series(unit_seconds: u32) {
	let mut series = neighbours::Series::<Runtime>::get(SERIES).unwrap();
	series.id = CO_SERIES;
	series.sale.unit_seconds = unit_seconds;
	series.sale.redeem_shares.after = Perbill::from_percent(90);
	series.terms.cancellation = co_signed_terms().cancellation;
	series.terms.evidence = co_signed_terms().evidence;
	(series.terms.objection_window, series.terms.arbiters) = (0, Default::default());
	(series.terms.custody, series.terms.damage_deposit) = (Custody::Remote, 0);
	neighbours::Series::<Runtime>::insert(CO_SERIES, series);
}

/// Makes a series of the device that costs as much as the first, for tenants who take it home.
pub fn make_physical_series() {
	let mut series = neighbours::Series::<Runtime>::get(SERIES).unwrap();
	series.id = HOME_SERIES;
	let terms = physical_terms();
	(series.terms.custody, series.terms.evidence) = (terms.custody, terms.evidence);
	(series.terms.damage_deposit, series.terms.arbiters) = (terms.damage_deposit, terms.arbiters);
	series.terms.objection_window = 0;
	neighbours::Series::<Runtime>::insert(HOME_SERIES, series);
}

/// Makes a series of the device that costs as much as the first and whose leases its owner accepts.
pub fn make_manual_series() {
	make_manual(SERIES, MANUAL_SERIES);
}

/// The same for tenants who take it home, once [`make_physical_series`] was called.
pub fn make_manual_home_series() {
	make_manual(HOME_SERIES, MANUAL_HOME_SERIES);
}

fn make_manual(model: SeriesId, id: SeriesId) {
	let mut series = neighbours::Series::<Runtime>::get(model).unwrap();
	series.id = id;
	series.terms.acceptance = Acceptance::Manual { deadline: DEADLINE };
	neighbours::Series::<Runtime>::insert(id, series);
}

/// One block: the sweep with as much weight as an empty block leaves it.
pub fn poll() -> Weight {
	let weights: frame_system::limits::BlockWeights =
		<Runtime as frame_system::Config>::BlockWeights::get();
	poll_within(weights.max_block)
}

pub fn poll_within(weight: Weight) -> Weight {
	System::set_block_number(System::block_number() + 1);
	let mut meter = WeightMeter::with_limit(weight);
	<LeaseEscrow as Hooks<u64>>::on_poll(System::block_number(), &mut meter);
	meter.consumed()
}

/// Time passes, a block a minute. The device is silent.
pub fn pass_until(until: Moment) {
	while now() < until {
		set_time(until.min(now() + 60));
		poll();
	}
}

/// The same, with a heartbeat in each minute.
pub fn serve_until(until: Moment) {
	while now() < until {
		set_time(until.min(now() + 60));
		heartbeat(DEVICE);
		poll();
	}
}

/// Somebody brings a receipt of the tenant for `seconds` of the lease.
pub fn sign(lease: LeaseId, seconds: u64) {
	assert_ok!(Neighbours::sign(lease, seconds));
}

/// The arbiter that a lease of the series names, if it needs one.
pub fn arbiter_for(series: SeriesId) -> Option<AccountId> {
	let terms = neighbours::Series::<Runtime>::get(series)?.terms;
	(terms.objection_window > 0 || terms.damage_deposit > 0).then_some(ARBITER)
}

/// Rents `units` from `start` on.
pub fn rent_at(tenant: AccountId, start: Option<Moment>, units: Units) -> LeaseId {
	rent_of(SERIES, DEVICE, tenant, start, units)
}

/// Rents `units` of any series on any device.
pub fn rent_of(
	series: SeriesId,
	device: DeviceId,
	tenant: AccountId,
	start: Option<Moment>,
	units: Units,
) -> LeaseId {
	let lease = crate::NextLeaseId::<Runtime>::get();
	assert_ok!(LeaseEscrow::rent(
		signed(tenant),
		series,
		device,
		start,
		units,
		Balance::MAX,
		TEXT,
		key_of(tenant),
		arbiter_for(series)
	));
	lease
}

/// Rents `units` from now on, as the first tenant.
pub fn rent(units: Units) -> LeaseId {
	rent_at(TENANT, None, units)
}

/// Books `units` that the tenant has.
pub fn book_at(tenant: AccountId, start: Option<Moment>, units: Units) -> LeaseId {
	let lease = crate::NextLeaseId::<Runtime>::get();
	assert_ok!(LeaseEscrow::book(
		signed(tenant),
		SERIES,
		DEVICE,
		start,
		units,
		TEXT,
		key_of(tenant),
		arbiter_for(SERIES)
	));
	lease
}

pub fn lease(id: LeaseId) -> LeaseOf<Runtime> {
	Leases::<Runtime>::get(id).expect("the lease is open")
}

pub fn bond_of(owner: AccountId) -> OwnerBond {
	crate::Bonds::<Runtime>::get(owner)
}

pub fn free(who: AccountId) -> Balance {
	Balances::balance(&who)
}

pub fn total(who: AccountId) -> Balance {
	Balances::total_balance(&who)
}

pub fn held(reason: crate::HoldReason, who: AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), &who)
}

pub fn rent_held(who: AccountId) -> Balance {
	held(crate::HoldReason::Rent, who)
}

pub fn units_of(who: AccountId) -> Units {
	neighbours::UnitsOf::<Runtime>::get(SERIES, who)
}

/// Takes all of an account's free balance away.
pub fn impoverish(who: AccountId) {
	let _ = Balances::burn_from(
		&who,
		free(who),
		frame_support::traits::tokens::Preservation::Expendable,
		frame_support::traits::tokens::Precision::BestEffort,
		frame_support::traits::tokens::Fortitude::Force,
	);
}

/// The pallet's events so far.
pub fn events() -> Vec<Event<Runtime>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::LeaseEscrow(event) => Some(event),
			_ => None,
		})
		.collect()
}

pub fn last_event() -> Event<Runtime> {
	events().pop().expect("an event was deposited")
}

/// Weight of the sweep when nothing is due.
pub fn idle_weight() -> Weight {
	<() as WeightInfo>::sweep_base()
}
