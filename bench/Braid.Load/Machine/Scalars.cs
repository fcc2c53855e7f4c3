using System.Globalization;
using System.Text;

namespace Braid.Load.Machine;

/// <summary>Scalars as ClearML's SDK sends them: a line each, values that walk at random.</summary>
internal sealed class Scalars(string task, int series, int seed)
{
    private readonly Random random = new(seed);
    private readonly double[] values = new double[series];
    private long step;
    private double time = 1_790_000_000_000;

    public int Series => series;

    /// <summary>The body of the next request: each series at so many further steps.</summary>
    public byte[] Next(int steps)
    {
        var body = new StringBuilder(steps * series * 220);
        for (var end = step + steps; step < end; step++)
        {
            time += 90 + (20 * random.NextDouble());
            for (var i = 0; i < series; i++)
            {
                values[i] += random.NextDouble() - 0.5;
                body.Append(CultureInfo.InvariantCulture, $"{{\"metric\": \"metric {i}\", \"variant\": \"train\", ")
                    .Append(CultureInfo.InvariantCulture, $"\"value\": {values[i]:R}, \"timestamp\": {(long)time}, ")
                    .Append(CultureInfo.InvariantCulture, $"\"type\": \"training_stats_scalar\", \"iter\": {step}, ")
                    .Append(CultureInfo.InvariantCulture, $"\"task\": \"{task}\", \"worker\": \"worker-1:gpu0\", ")
                    .Append("\"allow_locked\": true, \"model_event\": false, \"method\": \"get\"}\n");
            }
        }

        return Encoding.ASCII.GetBytes(body.ToString());
    }
}
