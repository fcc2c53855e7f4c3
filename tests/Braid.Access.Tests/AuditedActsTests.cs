using System.Text.RegularExpressions;
using Braid.Testing;

namespace Braid.Access.Tests;

/// <summary>What the domains tell, as their source has it, is what the guide and the browser say that they tell.</summary>
public sealed partial class AuditedActsTests
{
    private static readonly string[] domains = ["Access", "Data", "Tracking", "Workloads", "Pipelines", "Compute"];

    [Fact]
    public void The_guide_lists_every_act_that_is_told()
    {
        var guide = File.ReadLines(Repository.PathOf("docs", "guide", "access.md"))
            .SkipWhile(line => line != "## Who changed what")
            .Where(line => line.StartsWith('|'))
            .SelectMany(line => Named().Matches(line).Select(match => match.Groups["act"].Value));
        Assert.Equal(Told(), guide.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_browser_offers_every_group_of_acts_that_is_told()
    {
        var tab = File.ReadAllText(Repository.PathOf("web", "src", "admin", "AuditTab.tsx"));
        var list = tab[tab.IndexOf("const groups", StringComparison.Ordinal)..];
        var groups = Group().Matches(list[..list.IndexOf("};", StringComparison.Ordinal)]);
        Assert.Equal(
            Told().Select(act => act.Split('.')[0]).Distinct(),
            groups.Select(match => match.Groups["group"].Value).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>Literals of the form in files that use the log, and those that begin what a change is called where another file tells it.</summary>
    private static IReadOnlyList<string> Told()
    {
        var acts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in domains.SelectMany(domain => Sources(domain)))
        {
            var text = File.ReadAllText(file);
            if (text.Contains("Braid.Access.Audit;", StringComparison.Ordinal))
            {
                acts.UnionWith(Literal().Matches(text).Select(match => match.Groups["act"].Value));
            }

            var begun = Begun().Matches(text).SelectMany(match => match.Groups.Values.Skip(1));
            acts.UnionWith(begun.Where(group => group.Success).Select(group => group.Value));
        }

        Assert.True(acts.Remove("access.bad-credentials"), "the code of refused key pairs has the form of an act");
        return [.. acts];
    }

    private static IEnumerable<string> Sources(string domain)
    {
        var folder = Repository.PathOf("src", $"Braid.{domain}");
        return Directory
            .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).StartsWith("obj", StringComparison.Ordinal));
    }

    [GeneratedRegex("`(?<act>[a-z-]+\\.[a-z-]+)`", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();

    [GeneratedRegex("^ +(?<group>[a-z]+): \"", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Group();

    [GeneratedRegex(
        "\"(?<act>[a-z]{2,}\\.[a-z]+(?:-[a-z]+)*)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Literal();

    [GeneratedRegex(
        "new\\(\\s*(?:\\w+ \\? )?\"(?<act>[a-z]+\\.[a-z-]+)\"(?: : \"(?<other>[a-z]+\\.[a-z-]+)\")?",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Begun();
}
