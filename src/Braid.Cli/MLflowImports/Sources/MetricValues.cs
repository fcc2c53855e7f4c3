namespace Braid.Cli.MLflowImports.Sources;

/// <summary>MLflow's servers keep infinities as the largest doubles; so does this import, wherever it meets one.</summary>
internal static class MetricValues
{
    public static double Clamped(double value) =>
        double.IsPositiveInfinity(value) ? double.MaxValue
        : double.IsNegativeInfinity(value) ? double.MinValue
        : value;
}
