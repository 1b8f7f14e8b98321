// SPDX-License-Identifier: Apache-2.0

//! What leases tell.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod escrow_events {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An owner put more on hold to stand behind its leases.
		BondDeposited {
			/// The owner.
			owner: T::AccountId,
			/// How much more.
			amount: Balance,
		},
		/// An owner takes back a free part of its bond: it stands behind no lease any more.
		BondUnlocking {
			/// The owner.
			owner: T::AccountId,
			/// How much.
			amount: Balance,
			/// From when it can be withdrawn.
			due: Moment,
		},
		/// An owner withdrew what was due of its bond.
		BondWithdrawn {
			/// The owner.
			owner: T::AccountId,
			/// How much.
			amount: Balance,
		},
		/// A lease was made; its rent is on hold.
		LeaseBooked {
			/// The lease.
			lease: LeaseId,
			/// The series whose units and terms it has.
			series: SeriesId,
			/// The device.
			device: DeviceId,
			/// Who uses it.
			tenant: T::AccountId,
			/// Who is paid.
			payee: T::AccountId,
			/// Its start.
			from: Moment,
			/// Its end (exclusive).
			until: Moment,
			/// How many units long it is.
			units: Units,
			/// Rent that is on hold in the tenant's account.
			rent: Balance,
			/// Part of the payee's bond that is committed to it.
			bond: Balance,
		},
		/// The tenant cancelled a lease before its start.
		LeaseCancelled {
			/// The lease.
			lease: LeaseId,
			/// Units that went back to the tenant.
			returned_units: Units,
			/// Units that did not. Their rent goes to the payee, but for what a part of a unit gives back in
			/// money.
			kept_units: Units,
		},
		/// The tenant ends a running lease early.
		LeaseEndingEarly {
			/// The lease.
			lease: LeaseId,
			/// Its new end (exclusive).
			until: Moment,
			/// Units that went back to the tenant now; none if receipts pay, then they go back at the close.
			returned_units: Units,
		},
		/// The tenant made a lease longer; the added rent is on hold.
		LeaseExtended {
			/// The lease.
			lease: LeaseId,
			/// Its new end (exclusive).
			until: Moment,
			/// Units that were added.
			units: Units,
			/// Rent that was added.
			rent: Balance,
		},
		/// The payee revoked a lease.
		LeaseRevoked {
			/// The lease.
			lease: LeaseId,
			/// Its new end (exclusive); its start if it had not begun, then it is closed.
			until: Moment,
		},
		/// The tenant of a lease has another key.
		AccessKeyChanged {
			/// The lease.
			lease: LeaseId,
			/// The key that the device serves from now on.
			access_key: PublicKey,
		},
		/// The tenant of a lease has another payout address, or none.
		PayoutChanged {
			/// The lease.
			lease: LeaseId,
			/// Blake2-256 hash of the address.
			payout: Option<H256>,
		},
		/// A lease is over: its grant is withdrawn, its evidence may not be final yet.
		LeaseEnded {
			/// The lease.
			lease: LeaseId,
			/// The device.
			device: DeviceId,
		},
		/// The device of a lease that has not begun has another owner, who is paid now and whose bond
		/// stands behind it.
		LeasePayeeChanged {
			/// The lease.
			lease: LeaseId,
			/// Who is paid now.
			payee: T::AccountId,
		},
		/// Rent of an open lease was paid.
		LeaseSettled {
			/// The lease.
			lease: LeaseId,
			/// To the payee this time.
			to_payee: Balance,
			/// To the treasury this time.
			to_protocol: Balance,
		},
		/// A lease is closed and its record gone.
		LeaseClosed {
			/// The lease.
			lease: LeaseId,
			/// The device.
			device: DeviceId,
			/// Who used it.
			tenant: T::AccountId,
			/// Who was paid.
			payee: T::AccountId,
			/// Why.
			reason: CloseReason,
			/// Its length in seconds.
			leased_seconds: u64,
			/// Seconds of it that are proven, or that the tenant signed for.
			proven_seconds: u64,
			/// To the payee in all, dust that it could not receive included.
			paid_to_payee: Balance,
			/// As the protocol's share in all: to the treasury, and to the keeper if there was one.
			paid_to_protocol: Balance,
			/// Back to the tenant in money.
			refunded: Balance,
			/// From the payee's bond to the tenant.
			penalty: Balance,
			/// Units that went back to the tenant with the close, beside the amounts above.
			returned_units: Units,
		},
		/// Units of a lease that closed could not go back: their price went back in money instead, less what
		/// redeeming them could have cost, or whole if its owner had not accepted it.
		UnitsNotReturned {
			/// The lease.
			lease: LeaseId,
			/// How many.
			units: Units,
			/// Why.
			error: DispatchError,
		},
		/// A lease could not be closed; the sweep will try again later. Anyone may `settle` it.
		SettlementDeferred {
			/// The lease.
			lease: LeaseId,
			/// When the sweep tries again, in minutes since the Unix epoch.
			until_minute: u32,
			/// Why it failed.
			error: DispatchError,
		},
		/// A lease of a claim could not be settled; the other ones were.
		ClaimFailed {
			/// The lease.
			lease: LeaseId,
			/// Why it failed.
			error: DispatchError,
		},
		/// An amount below the existential deposit went to the treasury because its receiver has no
		/// account that could take it.
		DustDiverted {
			/// The lease.
			lease: LeaseId,
			/// How much.
			amount: Balance,
		},
		/// Whoever closed a lease that nobody had closed for long got a part of the protocol's share.
		KeeperPaid {
			/// The lease.
			lease: LeaseId,
			/// Who closed it.
			keeper: T::AccountId,
			/// How much.
			amount: Balance,
		},
		/// A fifth or a tenth of a lease is left; that is a minute at least.
		LeaseEndsSoon {
			/// The lease.
			lease: LeaseId,
			/// Who uses it.
			tenant: T::AccountId,
			/// The device.
			device: DeviceId,
			/// Its end (exclusive).
			until: Moment,
			/// Seconds up to there.
			seconds_left: u64,
		},
		/// The chain took no transactions for a while: that time costs no owner a penalty.
		OutageNoted {
			/// The last block before that took some.
			from: Moment,
			/// This block.
			until: Moment,
		},
		/// An amount of a lease is in dispute.
		DisputeOpened {
			/// The lease.
			lease: LeaseId,
			/// What it is about.
			kind: DisputeKind,
			/// Who made the claim.
			claimant: T::AccountId,
			/// Against whom it is.
			respondent: T::AccountId,
			/// What is frozen.
			amount: Balance,
			/// What the claimant put up.
			bond: Balance,
			/// Who decides.
			arbiter: T::AccountId,
			/// Hash of what the claimant shows.
			evidence: H256,
			/// From when on it is over without an answer, or without a verdict if it needs none.
			deadline: Moment,
		},
		/// The respondent contested a claim.
		DisputeContested {
			/// The lease.
			lease: LeaseId,
			/// What it is about.
			kind: DisputeKind,
			/// What the respondent put up.
			bond: Balance,
			/// From when on it is over without a verdict.
			deadline: Moment,
		},
		/// A dispute is over and its money paid out, dust that somebody could not receive included; what is
		/// left of the bonds went back.
		DisputeClosed {
			/// The lease.
			lease: LeaseId,
			/// What it was about.
			kind: DisputeKind,
			/// How it ended.
			outcome: DisputeOutcome,
			/// Of the amount, to the claimant.
			to_claimant: Balance,
			/// Of the amount, to the respondent.
			to_respondent: Balance,
			/// Of the amount, to the treasury as the protocol's share.
			to_protocol: Balance,
			/// To the arbiter, out of the bonds or of what the claimant was awarded.
			to_arbiter: Balance,
		},
		/// A dispute could not be ended; the sweep will try again later. Anyone may settle it.
		DisputeDeferred {
			/// The lease.
			lease: LeaseId,
			/// What it is about.
			kind: DisputeKind,
			/// When the sweep tries again, in minutes since the Unix epoch.
			until_minute: u32,
			/// Why it failed.
			error: DispatchError,
		},
		/// The owner says that the device of a lease is ready for its tenant.
		HandoverOffered {
			/// The lease.
			lease: LeaseId,
			/// Hash of its condition, by the owner.
			condition: H256,
		},
		/// The tenant of a lease has the device.
		HandoverConfirmed {
			/// The lease.
			lease: LeaseId,
			/// Hash of its condition, by the tenant.
			condition: H256,
			/// From when on it counts as served.
			served_from: Moment,
		},
		/// One side says that the device is back, or agrees to what the other one said.
		ReturnReported {
			/// The lease.
			lease: LeaseId,
			/// Whether that is the tenant; else it is the payee.
			by_tenant: bool,
			/// Hash of the condition in which it came back.
			condition: H256,
		},
		/// One side does not agree to how the device came back: there is a dispute about part of the deposit.
		ReturnContested {
			/// The lease.
			lease: LeaseId,
			/// Whether that is the tenant, who objects to what being late costs; else it is the payee, for
			/// damage.
			by_tenant: bool,
			/// How much it claims.
			claim: Balance,
			/// Hash of what it has to show.
			evidence: H256,
		},
		/// Part of a deposit against theft and damage went to the payee.
		DepositPaid {
			/// The lease.
			lease: LeaseId,
			/// How much.
			amount: Balance,
		},
		/// Part of a deposit against theft and damage went back to the tenant.
		DepositReturned {
			/// The lease.
			lease: LeaseId,
			/// How much.
			amount: Balance,
		},
		/// A lease could not begin because its device was not back: its tenant is compensated from the deposit
		/// of the one who has it, if the device comes back.
		LateReturnClaimed {
			/// The lease that could not begin.
			lease: LeaseId,
			/// The lease whose tenant has the device.
			late: LeaseId,
			/// How much.
			amount: Balance,
		},
		/// The tenant of a lease that could not begin was compensated from the deposit of the one who brought
		/// the device back late.
		LateReturnCompensated {
			/// The lease that could not begin.
			lease: LeaseId,
			/// The lease whose tenant was late.
			late: LeaseId,
			/// How much.
			amount: Balance,
		},
		/// A lease waits for the owner of the device to accept it; its rent is on hold.
		LeaseRequested {
			/// The lease.
			lease: LeaseId,
			/// The series whose units and terms it has.
			series: SeriesId,
			/// The device.
			device: DeviceId,
			/// Who wants to use it.
			tenant: T::AccountId,
			/// Its start.
			from: Moment,
			/// Its end (exclusive).
			until: Moment,
			/// How many units long it is.
			units: Units,
			/// Rent that is on hold in the tenant's account.
			rent: Balance,
			/// Until when the owner may accept it.
			requested_until: Moment,
		},
		/// The owner of the device accepted a lease.
		LeaseAccepted {
			/// The lease.
			lease: LeaseId,
			/// The owner: who is paid.
			payee: T::AccountId,
			/// Part of its bond that is committed to the lease.
			bond: Balance,
		},
		/// The tenant offers the rest of a lease to another account.
		LeaseOffered {
			/// The lease.
			lease: LeaseId,
			/// Who may take it.
			to: T::AccountId,
			/// What that pays the tenant for it.
			price: Balance,
		},
		/// The offer of a lease is off: its tenant took it back, or objected to rent.
		LeaseOfferWithdrawn {
			/// The lease.
			lease: LeaseId,
		},
		/// A lease has another tenant, with the rent of it that is not paid yet. Each made the deposits or has its
		/// own back.
		LeaseTransferred {
			/// The lease.
			lease: LeaseId,
			/// Who used it so far.
			from: T::AccountId,
			/// Who uses it now.
			to: T::AccountId,
			/// What that paid for it.
			price: Balance,
			/// The key that the device serves from now on.
			access_key: PublicKey,
			/// Rent that is on hold in the new tenant's account now.
			rent: Balance,
		},
		/// A lease goes on from another one.
		LeaseLinked {
			/// The lease.
			lease: LeaseId,
			/// The one before it.
			previous: LeaseId,
		},
		/// Leases of several devices were made together.
		GroupBooked {
			/// The group.
			group: GroupId,
			/// The first lease of it.
			first: LeaseId,
			/// The last one: those between are of it too.
			last: LeaseId,
		},
		/// Another device takes over a lease whose device failed.
		LeaseSubstituted {
			/// The lease.
			lease: LeaseId,
			/// The lease of the other device.
			by: LeaseId,
			/// That device.
			device: DeviceId,
			/// End of its lease (exclusive).
			until: Moment,
			/// Units that moved over.
			units: Units,
			/// Their rent.
			rent: Balance,
		},
	}
}
