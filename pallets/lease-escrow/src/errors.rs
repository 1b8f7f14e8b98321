// SPDX-License-Identifier: Apache-2.0

//! Why calls are refused.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod escrow_errors {
	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// There never was such a lease.
		UnknownLease,
		/// The lease is closed; its last event has the totals.
		LeaseClosed,
		/// Only the tenant of the lease can do this.
		NotTenant,
		/// The lease has started; it can be ended, not cancelled.
		AlreadyStarted,
		/// The lease has not started; it can be cancelled, not ended.
		NotStarted,
		/// The lease is over, or governance retired its device.
		AlreadyOver,
		/// The lease already ends as early as it can.
		AlreadyEnding,
		/// An amount must be more than zero.
		ZeroAmount,
		/// A lease takes at least one unit.
		ZeroUnits,
		/// Units, price or time are too large to compute with.
		AmountOverflow,
		/// The tenant's balance does not cover what has to go on hold and an existential deposit.
		BalanceTooLow,
		/// The rent is more than the tenant named as its maximum.
		CostAboveMax,
		/// So much of the bond is not free: it stands behind open leases.
		BondNotFree,
		/// The owner's free bond does not cover what this lease may cost it.
		OwnerBondTooSmall,
		/// The units of the series are for another device.
		WrongDevice,
		/// The device is in a fleet: it is leased through the fleet's series only.
		DeviceInFleet,
		/// The units of the series are for a fleet that the device is not in.
		NotInFleet,
		/// Owners don't rent their own devices.
		OwnDevice,
		/// The series has terms that this chain can't serve yet.
		TermsNotServed,
		/// The device can't be leased: its owner did not get it back.
		DeviceNotListed,
		/// The device has no key, or has not shown yet that it holds it.
		DeviceKeyNotActive,
		/// The device gave no sign of life within its heartbeat gap, too long ago for a start so soon.
		DeviceNotSeenLately,
		/// The start lies in the past.
		StartInPast,
		/// Leases that are paid by heartbeats start on whole minutes and last so many.
		NotWholeMinute,
		/// The lease is shorter than the terms allow.
		TooShort,
		/// The lease is longer than the terms allow.
		TooLong,
		/// The start is further ahead than the terms or the chain allow.
		TooFarAhead,
		/// The lease does not lie wholly inside the usable window of the series.
		OutsideUsableWindow,
		/// Units of the series can't be staked any more: its usable window has passed, or the notice
		/// after its owner closed it.
		SeriesExpired,
		/// The hash is not that of the legal text of the series.
		WrongLegalDocument,
		/// Another lease, or the pause after it, takes some of that time.
		SlotTaken,
		/// The device's calendar has no entry left for a lease so far ahead.
		CalendarFull,
		/// The window is empty.
		InvalidWindow,
		/// Only the payee of the lease can do this.
		NotPayee,
		/// A payout address has at least one byte.
		PayoutEmpty,
		/// The terms do not let this tenant rent: its owner listed whom they admit, or whom they do not.
		TenantNotAdmitted,
		/// The device has another owner since the lease began: it ends when it was to end.
		DeviceHandedOver,
		/// So many parts of the bond are on their way back already; withdraw those that are due.
		TooManyUnbondings,
		/// No part of the bond that is taken back is due.
		NothingToWithdraw,
		/// The money of a lease does not add up. Nothing was moved; please report it.
		EscrowMismatch,
		/// The owner offers the device to another: until it is taken or withdrawn nothing is booked on it.
		DeviceOffered,
		/// The leases that come with the device need more bond than the buyer wants to commit.
		BondAboveMax,
		/// The access key was changed less than an hour ago: the device needs the time to bring the
		/// receipts of the key before.
		AccessKeyChangedLately,
		/// There can be disputes about this lease: the tenant has to name an arbiter.
		ArbiterMissing,
		/// There can be no disputes about this lease: it has no arbiter.
		ArbiterNotNeeded,
		/// The arbiter is not on the list of the terms, or not on governance's.
		ArbiterNotListed,
		/// The arbiter would decide its own case.
		ArbiterIsParty,
		/// There is a dispute of this kind about the lease, or there was.
		AlreadyDisputed,
		/// The terms let nobody object to rent, or the time for it is over.
		ObjectionNotOpen,
		/// So much rent is not earned and open to objection now.
		ObjectionTooLarge,
		/// There is no such dispute, or it is over.
		UnknownDispute,
		/// Only the one against whom the claim is can do this.
		NotRespondent,
		/// Only the one who made the claim can do this.
		NotClaimant,
		/// The dispute does not wait for this arbiter.
		NotArbiter,
		/// The claim is contested.
		AlreadyContested,
		/// The time to answer or to decide is over; anyone may settle the dispute.
		DisputeOver,
		/// The time to answer or to decide is not over.
		DisputeNotOver,
		/// The device of the lease stays with its owner: it is not handed over.
		NotPhysical,
		/// The device of the lease is handed over: this is for devices that stay with their owner.
		NotRemote,
		/// Neither the tenant of the lease nor its payee.
		NotParty,
		/// The owner said already that the device is ready.
		AlreadyOffered,
		/// The owner did not say that the device is ready.
		HandoverNotOffered,
		/// The time to hand the device over, or to confirm that, is over.
		HandoverOver,
		/// The tenant has the device already.
		AlreadyHandedOver,
		/// The tenant does not have the device.
		NotHandedOver,
		/// The device is with another tenant, or may not be back by then.
		DeviceNotReturned,
		/// The return is reported already.
		AlreadyReturned,
		/// The lease is not over: only its tenant can bring the device back before its end.
		LeaseNotOver,
		/// Nobody said that the device is back.
		ReturnNotReported,
		/// The time to contest the return is over.
		InspectionOver,
		/// The claim is more than what is left of the deposit, or than what being late costs.
		ClaimTooLarge,
		/// A lease that its owner has to accept needs a start.
		StartMissing,
		/// Too many requests for the device wait for its owner.
		TooManyRequests,
		/// Only the owner of the device can do this.
		NotDeviceOwner,
		/// The lease does not wait for its owner.
		NotRequested,
		/// The owner did not accept the lease in time: all of it goes back.
		RequestLapsed,
		/// The owner has not accepted the lease yet.
		RequestPending,
		/// The owner accepts each lease of the series: this can't be done without it.
		NeedsAcceptance,
		/// Leases of the series stay with the tenant that made them, as its units do.
		SeriesNotTransferable,
		/// The lease is the tenant's already.
		AlreadyTenant,
		/// The lease is not offered to anybody.
		LeaseNotOffered,
		/// The lease is offered to another account.
		NotOfferedToYou,
		/// The lease is of the same series: it is extended.
		SameSeries,
		/// At least one device is rented.
		NoDevices,
		/// The same device is named twice.
		DuplicateDevice,
		/// The lease is not of a fleet's series: no other device can take over.
		NotOfFleet,
		/// The device of the lease is there: it was seen within its heartbeat gap.
		DeviceServes,
		/// The amount is less than an existential deposit.
		AmountTooSmall,
		/// A lease that its owner has to accept starts no sooner than its time to answer is over.
		StartTooSoon,
	}
}
