// SPDX-License-Identifier: Apache-2.0

//! Who brings receipts, right ones and wrong ones, and what was seen of leases that they pay.

use super::{
	books::Books,
	contracts::{Contract, Due},
	receipts::{Key, STRANGER},
	*,
};
use pallet_attestation::{Call as Attest, Refusal};
use pallet_lease_escrow::Call as Lease;
use sp_core::H256;
use sp_runtime::transaction_validity::InvalidTransaction;
use tenure_primitives::{CloseReason, LeaseId, ReportSignature, SignedReceipt};

/// What is wrong with a receipt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Flaw {
	None,
	/// A key that is not the tenant's signed it.
	Stranger,
	/// It is signed for another lease.
	OtherLease,
	/// It is signed for another chain.
	OtherChain,
	/// The signature is of another kind.
	OtherKind,
	/// It is for no more than the one before.
	Stale,
	/// It is for time that has not passed.
	AheadOfTime,
	/// There is no such lease.
	UnknownLease,
	/// Heartbeats pay the lease.
	ByHeartbeats,
}

const FLAWS: [Flaw; 8] = [
	Flaw::Stranger,
	Flaw::OtherLease,
	Flaw::OtherChain,
	Flaw::OtherKind,
	Flaw::Stale,
	Flaw::AheadOfTime,
	Flaw::UnknownLease,
	Flaw::ByHeartbeats,
];

/// A receipt, whoever brings it.
struct Brought {
	lease: LeaseId,
	seconds: u64,
	/// Nobody, if the signature is of a kind that no key here is of.
	signer: Option<Key>,
	/// Whether what is signed is what is brought.
	is_true: bool,
}

impl Books {
	pub fn enter_receipt(&mut self, event: pallet_attestation::Event<Runtime>) {
		let pallet_attestation::Event::ReceiptRecorded { lease, seconds } = event else { return };
		let contract = self.contracts.get_mut(&lease).unwrap();
		assert!(
			contract.awaits_receipt(&self.standstills) && seconds <= contract.passed(),
			"{contract:?}"
		);
		assert!(contract.receipt.is_none_or(|(before, _)| before < seconds), "{contract:?}");
		contract.receipt = Some((seconds, now()));
	}

	/// Whether the receipt is taken, or why not: in the order in which that is asked.
	fn verdict(&self, brought: &Brought) -> Result<(), InvalidTransaction> {
		let Some(contract) = self.contracts.get(&brought.lease) else {
			return Err(Refusal::UnknownLease.into());
		};
		let is_signer = |key: &Key| {
			let was_signer = contract.former.is_some_and(|(former, until)| {
				former == *key && contract.from + brought.seconds <= until
			});
			contract.key == *key || was_signer
		};
		let (before, at) = contract.receipt.unwrap_or_default();
		if !contract.is_co_signed() {
			Err(Refusal::NotCoSigned.into())
		} else if contract.receipts_end(&self.standstills) <= now() {
			Err(Refusal::ReceiptWindowOver.into())
		} else if contract.passed() < brought.seconds {
			Err(Refusal::AheadOfTime.into())
		} else if brought.seconds <= before {
			Err(InvalidTransaction::Stale)
		} else if now() < at + contract.pause(at) {
			Err(Refusal::TooSoon.into())
		} else if brought.signer.is_none() {
			Err(Refusal::WrongKindOfSignature.into())
		} else if brought.is_true && brought.signer.is_some_and(|key| is_signer(&key)) {
			Ok(())
		} else {
			Err(InvalidTransaction::BadProof)
		}
	}
}

impl World<'_> {
	/// The tenants of all leases that wait for it sign for this part of what they have not signed for.
	pub fn sign_all(&mut self, percent: u64) {
		self.leave_block();
		let waiting: Vec<LeaseId> = self
			.books
			.contracts
			.iter()
			.filter(|(_, contract)| contract.awaits_receipt(&self.books.standstills))
			.map(|(id, _)| *id)
			.collect();
		for id in waiting {
			let contract = self.books.contracts[&id].clone();
			let seconds = contract.signed_next(percent);
			self.bring(seconds, &contract, id, Flaw::None, contract.key);
		}
	}

	/// Somebody brings wrong receipts for a lease, then one that may be right, perhaps of the key before.
	pub fn sign(&mut self, index: usize, percent: u64, by_former: bool) {
		self.leave_block();
		let is_owed = |contract: &Contract| {
			let (before, _) = contract.receipt.unwrap_or_default();
			contract.former.is_some_and(|(_, until)| contract.from + before < until)
		};
		let passes = |contract: &Contract| {
			contract.awaits_receipt(&self.books.standstills) && (!by_former || is_owed(contract))
		};
		let Some((id, contract)) = self.pick_contract(index, passes) else { return };
		for flaw in FLAWS {
			let seconds = match flaw {
				Flaw::Stale => contract.receipt.map_or(0, |(seconds, _)| seconds * percent / 100),
				Flaw::AheadOfTime => contract.passed() + percent,
				_ => contract.signed_next(percent),
			};
			self.bring(seconds, &contract, id, flaw, contract.key);
		}
		let next = contract.signed_next(percent);
		let (former, until) = contract.former.unwrap_or((contract.key, Moment::MAX));
		let (signer, seconds) = match (by_former, percent.is_multiple_of(4)) {
			(true, true) => (former, next),
			(true, false) => (former, next.min(until.saturating_sub(contract.from))),
			(false, _) => (contract.key, next),
		};
		self.bring(seconds, &contract, id, Flaw::None, signer);
		// Another one at once, for all.
		self.bring(contract.passed(), &contract, id, Flaw::None, contract.key);
	}

	/// The tenant has taken this key. The device brings at once what the one before signed last.
	pub fn take_key(&mut self, id: LeaseId, key: Key) {
		let contract = self.books.contracts.get_mut(&id).unwrap();
		let (before, is_replaced) = (contract.key, contract.replaces_key(&key));
		contract.take_key(key);
		if !is_replaced {
			return;
		}
		let contract = contract.clone();
		let lately = pallet_lease_escrow::Error::<Runtime>::AccessKeyChangedLately;
		let again = Lease::set_access_key { lease: id, key: Key::new(STRANGER).public };
		assert_eq!(call(&contract.tenant, again), Err(lately.into()));
		self.enter();
		self.bring(contract.passed(), &contract, id, Flaw::None, before);
	}

	/// Somebody brings it, and it is taken or refused as is written.
	fn bring(&mut self, seconds: u64, contract: &Contract, id: LeaseId, flaw: Flaw, by: Key) {
		let by_heartbeats = self.books.contracts.iter().find(|(_, other)| !other.is_co_signed());
		let lease = match flaw {
			Flaw::UnknownLease => next_lease(),
			Flaw::ByHeartbeats => by_heartbeats.map_or(id, |(other, _)| *other),
			_ => id,
		};
		let signer = if flaw == Flaw::Stranger { Key::new(STRANGER) } else { by };
		let signed_lease = if flaw == Flaw::OtherLease { lease + 1 } else { lease };
		let chain = System::block_hash(0);
		let chain = if flaw == Flaw::OtherChain { H256([1; 32]) } else { chain };
		if flaw == Flaw::ByHeartbeats && lease == id {
			// There is none.
			return;
		}
		let payload = SignedReceipt::new(chain, signed_lease, seconds).signing_payload();
		let (signature, signer) = match flaw {
			Flaw::OtherKind => (ReportSignature::Sr25519([1; 64]), None),
			_ => (signer.sign(&payload), Some(signer)),
		};
		let is_true = !matches!(flaw, Flaw::OtherLease | Flaw::OtherChain);
		let verdict = self.books.verdict(&Brought { lease, seconds, signer, is_true });
		let outcome = apply(Attest::submit_receipt { lease, seconds, signature });
		let expected = verdict.map(|()| Ok(())).map_err(Into::into);
		assert_eq!(outcome, expected, "{seconds} seconds, {flaw:?}: {contract:?}");
		assert!(flaw == Flaw::None || verdict.is_err(), "{flaw:?}: {contract:?}");
		match verdict {
			Ok(()) => {
				self.outcomes.note_call("submit_receipt", Ok(()));
				self.outcomes.made.insert(("Attestation", "submit_receipt"));
				let is_formers = signer != Some(contract.key);
				self.outcomes.receipts.of_former_keys += u32::from(is_formers);
				self.enter();
				let noted = self.books.contracts[&lease].receipt;
				assert_eq!(noted, Some((seconds, now())), "{contract:?}");
			}
			Err(refusal) => {
				*self.outcomes.receipts.refused.entry(name_of(refusal)).or_default() += 1;
			}
		}
	}
}

/// Why receipts are refused, as far as it is to be seen.
pub const REFUSALS: [(&str, Refusal); 5] = [
	("UnknownLease", Refusal::UnknownLease),
	("NotCoSigned", Refusal::NotCoSigned),
	("AheadOfTime", Refusal::AheadOfTime),
	("TooSoon", Refusal::TooSoon),
	("WrongKindOfSignature", Refusal::WrongKindOfSignature),
];

fn name_of(refusal: InvalidTransaction) -> String {
	let ours = REFUSALS.iter().find(|(_, ours)| InvalidTransaction::from(*ours) == refusal);
	ours.map_or_else(|| format!("{refusal:?}"), |(name, _)| (*name).into())
}

/// What was seen of leases that receipts pay.
#[derive(Default, Debug)]
pub struct Receipts {
	refused: BTreeMap<String, u32>,
	of_former_keys: u32,
	endings: BTreeMap<String, u32>,
	/// Leases of which all, some or nothing was signed at their end.
	wholly: u32,
	partly: u32,
	never: u32,
	/// Of them, those that gave units back, and those that gave money for a part of one.
	gave_units: u32,
	gave_money: u32,
	fined: u32,
	/// Leases of which the payee cut off something.
	cut_off: u32,
	extended: u32,
}

impl Receipts {
	/// A lease was closed.
	pub fn note_close(&mut self, contract: &Contract, due: &Due) {
		*self.endings.entry(format!("{:?}", due.reason)).or_default() += 1;
		self.fined += u32::from(due.penalty > 0);
		self.gave_units += u32::from(due.units > 0);
		self.cut_off += u32::from(contract.cut_off > 0);
		if matches!(due.reason, CloseReason::Completed | CloseReason::EndedEarly) {
			let price = Balance::from(due.units) * contract.sale.unit_price;
			self.gave_money += u32::from(due.gross + price < contract.rent);
			self.wholly += u32::from(due.proven == contract.seconds());
			self.partly += u32::from(0 < due.proven && due.proven < contract.seconds());
			self.never += u32::from(due.proven == 0);
		}
	}

	pub fn note_extended(&mut self) {
		self.extended += 1;
	}

	/// What is to be seen and was not.
	pub fn lacks(&self) -> Vec<String> {
		let mut lacks = vec![];
		let mut lack = |what: &str, is_seen: bool| {
			if !is_seen {
				lacks.push(format!("{what}, of what receipts pay"));
			}
		};
		for (name, _) in REFUSALS {
			lack(name, self.refused.contains_key(name));
		}
		for name in ["Stale", "BadProof"] {
			lack(name, self.refused.contains_key(name));
		}
		for ending in ["Completed", "Cancelled", "EndedEarly", "Revoked", "ForceRetired"] {
			lack(ending, self.endings.contains_key(ending));
		}
		lack("wholly signed", self.wholly > 0);
		lack("partly signed", self.partly > 0);
		lack("never signed", self.never > 0);
		lack("receipts of former keys", self.of_former_keys > 0);
		lack("units that come back", self.gave_units > 0);
		lack("money for parts of units", self.gave_money > 0);
		lack("penalties", self.fined > 0);
		lack("time that was cut off", self.cut_off > 0);
		lack("longer leases", self.extended > 0);
		lacks
	}
}
