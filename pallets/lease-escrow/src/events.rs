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
			/// To the treasury in all, as the protocol's share.
			paid_to_protocol: Balance,
			/// Back to the tenant in money.
			refunded: Balance,
			/// From the payee's bond to the tenant.
			penalty: Balance,
			/// Units that went back to the tenant with the close, beside the amounts above.
			returned_units: Units,
		},
		/// Units of a lease that closed could not go back: their price went back in money instead, less what
		/// redeeming them could have cost.
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
	}
}
