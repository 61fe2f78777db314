#pragma once
// Special functions of this room, each written so that relative accuracy survives tiny and huge
// arguments.

namespace callmill {

// e^z - 1 - z, all finite z; relative error a few 1e-16 (z >= -700).
double exp_minus_1_minus(double z);

// e - ln(1 + e) for e > -1; 0 at e = 0 and never negative.
double minus_log1p(double e);

// ln Gamma(m + 1) less Stirling's (m + 1/2) ln m - m + ln(2 pi) / 2, for m > 0; 0 at infinity.
double stirling_error(double m);

// ln(h^m e^-h / Gamma(m + 1)) for real m >= 0 and h > 0, by the saddle point form of Loader (2000):
// the error is a few 1e-16 times the magnitude of the result, not of m ln m.
double log_poisson(double m, double h);

// A Poisson number of mean h cut at m: the loss system with m lines and load h, m >= 0 real
// (analytic continuation), h >= 0. O(1): a continued fraction above the mean, Temme's uniform
// expansion near it.
struct CutPoisson {
  double log_cdf;    // ln P(Poisson(h) <= m) = ln Q(m + 1, h)
  double cut;        // B(m, h) = pmf(m) / cdf(m); 0 where it underflows
  double log_cut;    // ln B
  double one_minus;  // 1 - B
  double idle;       // m - h (1 - B)
};
CutPoisson cut_poisson(double m, double h);

}  // namespace callmill
