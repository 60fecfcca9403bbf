//! The golden vectors, bit for bit, on every instruction set and with several numbers of threads.

mod common;

use coterie::consensus::Method;
use coterie::kernels::Kernels;

use common::{SplitMix64, all_kernels, bits, data, golden, golden_fits, llm_judges};

fn check_map(name: &str, map: fn(Kernels, &mut [f64])) {
    let text = data(&format!("golden/kernels/{name}.txt"));
    let pairs: Vec<(f64, u64)> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').expect("two numbers"))
        .map(|(x, y)| (x, y).map_hex())
        .collect();
    assert!(pairs.len() > 1000);
    for kernels in all_kernels() {
        let isa = kernels.isa().name();
        let mut values: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
        map(kernels, &mut values);
        for ((x, expected), value) in pairs.iter().zip(&values) {
            assert_eq!(value.to_bits(), *expected, "{name}({x:e}) on {isa} is {value:e}");
        }
        // Every length around the powers of two, at every offset within a cache line.
        for length in (0..=70).chain([127, 128, 129, 255, 256, 257]) {
            for offset in 0..8 {
                let mut some: Vec<f64> = pairs[..offset + length + 1].iter().map(|pair| pair.0).collect();
                map(kernels, &mut some[offset..offset + length]);
                for (i, value) in some.iter().enumerate() {
                    let inside = (offset..offset + length).contains(&i);
                    let expected = if inside { pairs[i].1 } else { pairs[i].0.to_bits() };
                    assert_eq!(value.to_bits(), expected, "{name} on {isa}: element {i} of {length} at {offset}");
                }
            }
        }
    }
}

trait MapHex {
    fn map_hex(self) -> (f64, u64);
}

impl MapHex for (&str, &str) {
    fn map_hex(self) -> (f64, u64) {
        let parse = |text| u64::from_str_radix(text, 16).expect("bits");
        (f64::from_bits(parse(self.0)), parse(self.1))
    }
}

#[test]
fn exponentials() {
    check_map("exp", Kernels::exp);
}

#[test]
fn logarithms() {
    check_map("log", Kernels::log);
}

#[test]
fn digammas() {
    check_map("digamma", Kernels::digamma);
}

#[test]
fn logarithms_of_gamma() {
    check_map("lgamma", Kernels::lgamma);
}

#[test]
fn nan_keeps_its_bits() {
    for kernels in all_kernels() {
        for pattern in [0x7FF8_0000_0000_0000_u64, 0x7FF8_0000_0000_1234, 0xFFF8_0000_0000_0001] {
            let mut values = [f64::from_bits(pattern); 9];
            kernels.exp(&mut values);
            assert_eq!(bits(&values), [pattern; 9]);
            kernels.log(&mut values);
            assert_eq!(bits(&values), [pattern; 9]);
            kernels.digamma(&mut values);
            assert_eq!(bits(&values), [pattern; 9]);
            kernels.lgamma(&mut values);
            assert_eq!(bits(&values), [pattern; 9]);
        }
    }
}

#[test]
fn striped_sums() {
    for line in data("golden/kernels/sum.txt").lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let length: usize = fields[0].parse().expect("a length");
        let mut r = SplitMix64(u64::from_str_radix(fields[1], 16).expect("a seed"));
        let expected = u64::from_str_radix(fields[2], 16).expect("bits");
        let next = |_| (r.unit() - 0.5) * 2f64.powi(r.below(24) as i32 - 12);
        let values: Vec<f64> = (0..length).map(next).collect();
        for kernels in all_kernels() {
            for offset in 0..4 {
                let mut moved = vec![1.0; offset];
                moved.extend_from_slice(&values);
                let sum = kernels.sum(&moved[offset..]);
                assert_eq!(sum.to_bits(), expected, "{length} elements on {}", kernels.isa().name());
            }
        }
    }
}

#[test]
fn fits() {
    for (name, text) in golden_fits() {
        let (case, expected) = golden(&text);
        for kernels in all_kernels() {
            for threads in 1..=3 {
                let at = format!("{name} on {} with {threads} threads", kernels.isa().name());
                let (summary, solution) = case.fit(kernels, threads);
                assert_eq!(summary.iterations, expected.iterations, "iterations of {at}");
                assert_eq!(summary.converged, expected.converged, "convergence of {at}");
                assert_eq!(bits(&solution.posterior), expected.posterior, "posterior of {at}");
                assert_eq!(solution.answer, expected.answer, "answer of {at}");
                assert_eq!(solution.runner_up, expected.runner_up, "runner-up of {at}");
                assert_eq!(bits(&solution.prior), expected.prior, "prior of {at}");
                assert_eq!(bits(&solution.confusion), expected.confusion, "confusion of {at}");
                assert_eq!(bits(&solution.skill), expected.skill, "skill of {at}");
                assert_eq!(bits(&solution.weight), expected.weight, "weight of {at}");
                assert_eq!(bits(&solution.difficulty), expected.difficulty, "difficulty of {at}");
                assert_eq!(bits(&solution.report), expected.report, "report of {at}");
                if !f64::from_bits(expected.objective).is_nan() || !summary.objective.is_nan() {
                    assert_eq!(summary.objective.to_bits(), expected.objective, "objective of {at}");
                }
            }
        }
    }
}

#[test]
fn known_figures_of_real_judges() {
    for (method, iterations, objective) in
        [(Method::DawidSkene, 32, -10333.195), (Method::OneCoinDawidSkene, 19, -12043.219)]
    {
        let (summary, _) = llm_judges(method).fit(Kernels::current(), 0);
        assert_eq!((summary.iterations, summary.converged), (iterations, true), "{method:?}");
        assert!((summary.objective - objective).abs() < 0.001, "{method:?}: {}", summary.objective);
    }
}
