namespace Braid.Scoring.Serving;

/// <summary>The version of MLflow whose scoring protocol is answered; Braid's MLflow door says the same.</summary>
internal static class MLflowVersion
{
    public const string Text = "3.3.0";
}
