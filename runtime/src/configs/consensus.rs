// SPDX-License-Identifier: Apache-2.0

//! Block production, finality, sessions and offences.

use crate::{
	constants::{
		consensus::{MAX_AUTHORITIES, REPORT_LONGEVITY_SESSIONS, REPORT_LONGEVITY_SLOTS},
		currency::deposit,
		time::{EPOCH_DURATION_IN_SLOTS, PRIMARY_PROBABILITY, SLOT_DURATION},
	},
	AccountId, Babe, Balance, Balances, Historical, Offences, Runtime, RuntimeEvent, Session,
	SessionKeys,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32, ConstU64},
	weights::Weight,
};
use pallet_session::{
	disabling::UpToLimitWithReEnablingDisablingStrategy, historical, FindAccountFromAuthorIndex,
};
use scale_info::TypeInfo;
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_runtime::{
	traits::{Convert, ConvertInto, OpaqueKeys},
	Perbill,
};
use sp_staking::{
	offence::{OffenceDetails, OffenceSeverity, OnOffenceHandler},
	SessionIndex,
};

/// How BABE draws authors. Secondary slots leave none empty; with VRF they feed the randomness.
pub const BABE_GENESIS_EPOCH_CONFIG: BabeEpochConfiguration = BabeEpochConfiguration {
	c: PRIMARY_PROBABILITY,
	allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots,
};

parameter_types! {
	/// How long an equivocation report stays good, in slots.
	pub const ReportLongevity: u64 = REPORT_LONGEVITY_SLOTS;
}

impl pallet_babe::Config for Runtime {
	type DisabledValidators = Session;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type EpochDuration = ConstU64<{ EPOCH_DURATION_IN_SLOTS as u64 }>;
	type EquivocationReportSystem =
		pallet_babe::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
	type ExpectedBlockTime = ConstU64<SLOT_DURATION>;
	type KeyOwnerProof = sp_session::MembershipProof;
	type MaxAuthorities = ConstU32<MAX_AUTHORITIES>;
	type MaxNominators = ConstU32<0>;
	// The SDK has weights of this pallet for `()` only.
	type WeightInfo = ();
}

impl pallet_grandpa::Config for Runtime {
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
	type KeyOwnerProof = sp_session::MembershipProof;
	type MaxAuthorities = ConstU32<MAX_AUTHORITIES>;
	type MaxNominators = ConstU32<0>;
	// The set changes every session but the first; a report on the oldest session that can be proved
	// needs the entry of its own set and the one before.
	type MaxSetIdSessionEntries = ConstU64<{ REPORT_LONGEVITY_SESSIONS as u64 + 2 }>;
	type RuntimeEvent = RuntimeEvent;
	// The SDK has weights of this pallet for `()` only.
	type WeightInfo = ();
}

impl pallet_authorship::Config for Runtime {
	type EventHandler = ();
	type FindAuthor = FindAccountFromAuthorIndex<Self, Babe>;
}

impl pallet_session::Config for Runtime {
	type Currency = Balances;
	type DisablingStrategy = UpToLimitWithReEnablingDisablingStrategy;
	// Two records for each account with keys: the keys, and an owner for each of the two.
	type KeyDeposit = ConstU128<{ deposit(3, 200) }>;
	type Keys = SessionKeys;
	type NextSessionRotation = Babe;
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type SessionManager = historical::NoteHistoricalRoot<Self, GenesisValidators>;
	type ShouldEndSession = Babe;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}

impl historical::Config for Runtime {
	type FullIdentification = Exposure;
	type FullIdentificationOf = GenesisValidators;
	type RuntimeEvent = RuntimeEvent;
}

impl pallet_offences::Config for Runtime {
	type IdentificationTuple = historical::IdentificationTuple<Self>;
	type OnOffenceHandler = DisableOffenders;
	type RuntimeEvent = RuntimeEvent;
}

/// What a validator had at stake in a session. It is part of historical roots and of stored
/// offences.
#[derive(
	Clone,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	TypeInfo,
)]
pub struct Exposure {
	/// Bond that an offence in this session can be charged to, in plancks.
	pub bond: Balance,
}

/// The validators of genesis, session after session. They have no bond.
pub struct GenesisValidators;

impl GenesisValidators {
	fn with_exposure(
		validators: impl IntoIterator<Item = AccountId>,
	) -> Option<Vec<(AccountId, Exposure)>> {
		Some(validators.into_iter().map(|who| (who, Exposure::default())).collect())
	}
}

impl Convert<AccountId, Option<Exposure>> for GenesisValidators {
	fn convert(_: AccountId) -> Option<Exposure> {
		Some(Exposure::default())
	}
}

impl historical::SessionManager<AccountId, Exposure> for GenesisValidators {
	// `Some` in every session: with `None` the root of the last one would be kept, and a report on
	// keys rotated since would fail.
	fn new_session(_: SessionIndex) -> Option<Vec<(AccountId, Exposure)>> {
		Self::with_exposure(Session::validators())
	}

	fn new_session_genesis(_: SessionIndex) -> Option<Vec<(AccountId, Exposure)>> {
		Self::with_exposure(pallet_session::NextKeys::<Runtime>::iter_keys())
	}

	fn start_session(index: SessionIndex) {
		prune_historical_roots(index);
	}

	fn end_session(_: SessionIndex) {}
}

impl pallet_session::SessionManager<AccountId> for GenesisValidators {
	fn new_session(_: SessionIndex) -> Option<Vec<AccountId>> {
		Some(Session::validators())
	}

	fn new_session_genesis(_: SessionIndex) -> Option<Vec<AccountId>> {
		Some(pallet_session::NextKeys::<Runtime>::iter_keys().collect())
	}

	fn start_session(index: SessionIndex) {
		prune_historical_roots(index);
	}

	fn end_session(_: SessionIndex) {}
}

/// Forgets the validator sets of sessions whose offences can't be reported any more.
fn prune_historical_roots(current: SessionIndex) {
	if let Some(first_kept) = current.checked_sub(REPORT_LONGEVITY_SESSIONS).filter(|s| *s > 0) {
		Historical::prune_up_to(first_kept);
	}
}

/// Stops offenders from authoring and voting for the rest of the session.
pub struct DisableOffenders;

impl OnOffenceHandler<AccountId, historical::IdentificationTuple<Runtime>, Weight>
	for DisableOffenders
{
	// Called with every offender of that kind and slot, earlier ones included; disabling twice
	// changes nothing. Another session's validators are not those of this one.
	fn on_offence(
		offenders: &[OffenceDetails<AccountId, historical::IdentificationTuple<Runtime>>],
		fractions: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		let db = <Runtime as frame_system::Config>::DbWeight::get();
		if session != Session::current_index() {
			return db.reads(1);
		}
		let mut weight = db.reads(1);
		for (details, fraction) in offenders.iter().zip(fractions) {
			let (who, _) = &details.offender;
			Session::report_offence(who.clone(), OffenceSeverity(*fraction));
			weight = weight.saturating_add(db.reads_writes(2, 1));
		}
		weight
	}
}
