namespace Braid.Scoring.Requests;

/// <summary>The kinds of body that are taken.</summary>
internal enum BodyKind
{
    Json,
    Csv,
}

/// <summary>Reads the header that says what a body is.</summary>
internal static class ContentType
{
    /// <summary>Tells what a body of another kind can do.</summary>
    public const string ProtocolAdvice =
        "IMPORTANT: The MLflow Model scoring protocol has changed in MLflow version 2.0. If you are seeing this error, you are likely "
        + "using an outdated scoring request format. To resolve the error, either update your request format or adjust your MLflow "
        + "Model's requirements file to specify an older version of MLflow (for example, change the 'mlflow' requirement specifier to "
        + "'mlflow==1.30.0'). If you are making a request using the MLflow client (e.g. via `mlflow.pyfunc.spark_udf()`), upgrade your "
        + "MLflow client to a version >= 2.0 in order to use the new request format. For more information about the updated MLflow "
        + "Model scoring protocol in MLflow 2.0, see https://mlflow.org/docs/latest/models.html#deploy-mlflow-models.";

    /// <summary>The kind, or a refusal's text.</summary>
    public static (BodyKind? Kind, string Refusal) Read(string? header)
    {
        var parts = (header ?? "").Split(';', StringSplitOptions.TrimEntries);
        var parameters = parts.Skip(1).Select(part => part.Split('=', 2)).ToList();
        var charset = parameters.FindLast(pair => pair[0] == "charset") is [_, var given] ? given : "utf-8";
        if (!charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return (null, "The scoring server only supports UTF-8");
        }

        var unknown = parameters.Select(pair => pair[0]).Where(name => name != "charset").Distinct().ToList();
        if (unknown.Count > 0)
        {
            return (null, $"Unrecognized content type parameters: {string.Join(", ", unknown)}. {ProtocolAdvice}");
        }

        return parts[0] switch
        {
            "application/json" => (BodyKind.Json, ""),
            "text/csv" => (BodyKind.Csv, ""),
            _ => (
                null,
                "This predictor only supports the following content types: Types: ['text/csv', 'application/json']. "
                    + $"Got '{header}'."
            ),
        };
    }
}
