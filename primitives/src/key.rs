// SPDX-License-Identifier: Apache-2.0

//! Keys of devices and of tenants, and the signatures that they make.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{ecdsa, ed25519, sr25519};

/// A public key with its kind. Later kinds are appended.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum PublicKey {
	/// Schnorr on Ristretto, the usual kind of Substrate accounts.
	#[codec(index = 0)]
	Sr25519([u8; 32]),
	/// EdDSA on Curve25519, the usual kind of SSH keys and small devices.
	#[codec(index = 1)]
	Ed25519([u8; 32]),
	/// ECDSA on secp256k1 over the Blake2-256 hash of the message; the key is compressed.
	#[codec(index = 2)]
	Secp256k1([u8; 33]),
}

/// A signature of the holder of a [`PublicKey`] of the same kind.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ReportSignature {
	/// By an [`PublicKey::Sr25519`] key.
	#[codec(index = 0)]
	Sr25519([u8; 64]),
	/// By an [`PublicKey::Ed25519`] key.
	#[codec(index = 1)]
	Ed25519([u8; 64]),
	/// By a [`PublicKey::Secp256k1`] key, with recovery id.
	#[codec(index = 2)]
	Secp256k1([u8; 65]),
}

impl PublicKey {
	/// Whether `signature` is of this key's kind. Costs nothing: ask before [`Self::verify`].
	pub fn is_kind_of(&self, signature: &ReportSignature) -> bool {
		matches!(
			(self, signature),
			(Self::Sr25519(_), ReportSignature::Sr25519(_))
				| (Self::Ed25519(_), ReportSignature::Ed25519(_))
				| (Self::Secp256k1(_), ReportSignature::Secp256k1(_))
		)
	}

	/// Whether `signature` over `message` was made by the holder of this key. A signature of
	/// another kind is never valid.
	pub fn verify(&self, message: &[u8], signature: &ReportSignature) -> bool {
		match (self, signature) {
			(Self::Sr25519(key), ReportSignature::Sr25519(signature)) => {
				sp_io::crypto::sr25519_verify(
					&sr25519::Signature::from_raw(*signature),
					message,
					&sr25519::Public::from_raw(*key),
				)
			}
			(Self::Ed25519(key), ReportSignature::Ed25519(signature)) => {
				sp_io::crypto::ed25519_verify(
					&ed25519::Signature::from_raw(*signature),
					message,
					&ed25519::Public::from_raw(*key),
				)
			}
			(Self::Secp256k1(key), ReportSignature::Secp256k1(signature)) => {
				sp_io::crypto::ecdsa_verify(
					&ecdsa::Signature::from_raw(*signature),
					message,
					&ecdsa::Public::from_raw(*key),
				)
			}
			_ => false,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::Pair;

	#[test]
	fn each_kind_verifies_its_own_signature_only() {
		let (sr, _) = sr25519::Pair::generate();
		let (ed, _) = ed25519::Pair::generate();
		let (ec, _) = ecdsa::Pair::generate();
		let cases = [
			(PublicKey::Sr25519(sr.public().0), ReportSignature::Sr25519(sr.sign(b"served").0)),
			(PublicKey::Ed25519(ed.public().0), ReportSignature::Ed25519(ed.sign(b"served").0)),
			(PublicKey::Secp256k1(ec.public().0), ReportSignature::Secp256k1(ec.sign(b"served").0)),
		];
		for (i, (key, _)) in cases.iter().enumerate() {
			for (j, (_, signature)) in cases.iter().enumerate() {
				assert_eq!(key.verify(b"served", signature), i == j);
				assert_eq!(key.is_kind_of(signature), i == j);
				assert!(!key.verify(b"did not serve", signature));
			}
		}
	}
}
