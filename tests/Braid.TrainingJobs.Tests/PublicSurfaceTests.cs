using System.Reflection;
using Braid.Testing;

namespace Braid.TrainingJobs.Tests;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void What_other_modules_may_use_is_what_the_golden_file_says() =>
        Golden.Match(
            "tests/Braid.TrainingJobs.Tests/Golden/public-surface.txt",
            string.Concat(Types().Select(Describe))
        );

    private static IEnumerable<Type> Types() =>
        typeof(Admission).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);

    private static string Describe(Type type) =>
        string.Concat(
            type.GetMembers(
                    BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
                )
                .Where(IsWritten)
                .Select(member => $"    {member}\n")
                .Order(StringComparer.Ordinal)
                .Prepend($"{type.FullName}\n")
        );

    /// <summary>Not what the compiler makes of properties and records.</summary>
    private static bool IsWritten(MemberInfo member) =>
        member is not MethodInfo { IsSpecialName: true }
        && member.Name
            is not (
                "Equals"
                or "GetHashCode"
                or "ToString"
                or "PrintMembers"
                or "Deconstruct"
                or "<Clone>$"
                or "value__"
            );
}
