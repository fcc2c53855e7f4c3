using Braid.Tracking.Runs;

namespace Braid.Tracking.Tests;

public sealed class StatusMachineTests
{
    private static readonly Dictionary<string, string> table = new(StringComparer.Ordinal)
    {
        ["created"] = "queued in_progress",
        ["queued"] = "created in_progress stopped",
        ["in_progress"] = "stopped failed created completed",
        ["stopped"] = "closed created failed queued in_progress published publishing completed",
        ["closed"] = "created failed published publishing stopped",
        ["failed"] = "created stopped published queued",
        ["completed"] = "published in_progress created",
        ["publishing"] = "published",
        ["published"] = "",
        ["unknown"] = "",
    };

    [Fact]
    public void Every_pair_of_statuses_is_as_the_table_says()
    {
        foreach (var from in Enum.GetValues<RunStatus>())
        {
            var allowed = table[from.ToText()].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var to in Enum.GetValues<RunStatus>())
            {
                Assert.Equal(from == to || allowed.Contains(to.ToText()), StatusMachine.Allows(from, to));
            }
        }
    }

    [Fact]
    public void Every_status_has_a_word_that_reads_back()
    {
        foreach (var status in Enum.GetValues<RunStatus>())
        {
            Assert.True(StatusText.TryParse(status.ToText(), out var read));
            Assert.Equal(status, read);
        }
    }
}
