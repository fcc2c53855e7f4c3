using Braid.Scoring.Workers;

namespace Braid.Scoring.Requests;

/// <summary>A request that was checked: what the model is to be asked.</summary>
/// <param name="Parameters">Null for none.</param>
/// <param name="IsBare">The answer is the predictions alone, as chat and completions want it, not <c>{"predictions": ...}</c>.</param>
internal sealed record Prediction(ModelInput Input, PyDict? Parameters, bool IsBare);
