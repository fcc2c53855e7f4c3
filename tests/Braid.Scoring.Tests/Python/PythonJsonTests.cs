using System.Text;
using Braid.Scoring.Models;
using Braid.Scoring.Python;
using Braid.Scoring.Requests;
using Braid.Scoring.Tests.Hosting;
using Braid.Testing;

namespace Braid.Scoring.Tests.Python;

public sealed class PythonJsonTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void The_last_of_equal_names_counts() =>
        Assert.Equal(
            2L,
            Assert.IsType<OrderedDictionary<string, object?>>(PythonJson.Parse("""{"a": 1, "a": 2}"""))["a"]
        );

    [Fact]
    public void Places_are_counted_in_characters_and_lines()
    {
        var wrong = Assert.Throws<PythonError>(() => PythonJson.Parse("[\"\U0001F600\",\n \"x\" 1]"));

        Assert.Equal("Expecting ',' delimiter: line 2 column 6 (char 11)", wrong.Message);
    }

    [Fact]
    public void Nesting_ends_before_the_stack_does() =>
        Assert.Equal(
            "nested deeper than 500 levels",
            Assert.Throws<PythonError>(() => PythonJson.Parse(new string('[', 100_000))).Message
        );

    [Fact]
    public void An_integer_without_end_is_refused_at_once() =>
        Assert.Throws<PythonError>(() => PythonJson.Parse(new string('9', 1_000_000)));

    [Fact]
    public void Damaged_requests_are_read_or_refused()
    {
        var seed = Seed.Pick();
        output.WriteLine($"BRAID_SEED={seed}");
        var random = new Random(seed);
        var readers = Directory
            .GetDirectories(Repository.PathOf("tests", "Braid.Scoring.Tests", "Models"))
            .Select(folder => new RequestReader(ModelFolder.Read(folder)))
            .ToList();
        var bodies = Recorded
            .RecordedAnswer.All.Where(each => each.Body is not null)
            .Select(each => each.Body!)
            .ToList();
        for (var round = 0; round < 20_000; round++)
        {
            var body = Damaged(Encoding.UTF8.GetBytes(bodies[random.Next(bodies.Count)]), random);
            var kind = random.Next(5) == 0 ? BodyKind.Csv : BodyKind.Json;
            // Anything but an answer or a refusal is a bug.
            _ = Record.Exception(() => readers[random.Next(readers.Count)].Read(kind, body)) is not null and not Refusal
                ? throw new InvalidOperationException(Convert.ToHexString(body))
                : 0;
        }
    }

    private static byte[] Damaged(byte[] body, Random random)
    {
        const string tokens = "{}[],:\"0123456789.-eE tnfNI\\u";
        var damaged = body.ToList();
        for (var times = random.Next(4); times > 0 && damaged.Count > 0; times--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(3))
            {
                case 0:
                    damaged.RemoveRange(at, Math.Min(random.Next(1, 6), damaged.Count - at));
                    break;
                case 1:
                    damaged.Insert(at, (byte)tokens[random.Next(tokens.Length)]);
                    break;
                default:
                    damaged[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. damaged];
    }
}
