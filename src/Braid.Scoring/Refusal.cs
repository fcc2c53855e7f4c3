using Braid.Scoring.Python;

namespace Braid.Scoring;

/// <summary>
/// A request that is not answered with predictions; it is thrown where the input turns out wrong, deep in nested values, and caught once,
/// where the answer is written.
/// </summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">MLflow's name of the error.</param>
internal sealed class Refusal(int status, string code, string message) : Exception(message)
{
    private const int badRequest = 400;

    public int Status => status;

    public string Code => code;

    /// <summary>What Python said where it went wrong in the model; null elsewhere.</summary>
    public string? Trace { get; init; }

    public static Refusal BadRequest(string message) => new(badRequest, "BAD_REQUEST", message);

    /// <summary>The body is not what the protocol takes.</summary>
    public static Refusal Invalid(string message) => BadRequest($"Invalid input. {message}");

    public static Refusal InvalidValue(string message) => new(badRequest, "INVALID_PARAMETER_VALUE", message);

    /// <summary>A column cannot become what the signature says.</summary>
    public static Refusal Conversion(string column, string type, PythonError error) =>
        Invalid(
            "Data is not compatible with model signature. "
                + $"Failed to convert column {column} to type '{type}'. Error: '{error.Repr}'"
        );
}
