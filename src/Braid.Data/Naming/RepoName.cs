using Braid.Primitives;

namespace Braid.Data.Naming;

/// <summary>
/// A repo: <c>project/name</c>, followed by <c>.type</c> when the type is not <c>user</c>. Systems keep their own repos
/// beside a user's under other types (<c>spec</c>, <c>meta</c>).
/// </summary>
public readonly record struct RepoName(string Project, string Name, string Type)
{
    /// <summary>The project of whoever names none.</summary>
    public const string DefaultProject = "default";

    /// <summary>The type of whoever names none.</summary>
    public const string UserType = "user";

    /// <summary>A repo of type <c>user</c>.</summary>
    public RepoName(string project, string name)
        : this(project, name, UserType) { }

    /// <summary>Reads <c>name</c>, <c>project/name</c>, <c>name.type</c> or <c>project/name.type</c>.</summary>
    public static Result<RepoName> Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var project = slash < 0 ? DefaultProject : text[..slash];
        var rest = text[(slash + 1)..];
        var dot = rest.IndexOf('.', StringComparison.Ordinal);
        var name = new RepoName(project, dot < 0 ? rest : rest[..dot], dot < 0 ? UserType : rest[(dot + 1)..]);
        return name.Check() is { } error ? error : name;
    }

    /// <summary>The repo of the same project and name, of another type.</summary>
    public RepoName OfType(string type) => this with { Type = type };

    /// <summary>What is wrong with the name; null when it may be given to a new repo.</summary>
    public Error? Check() => NameRules.CheckProject(Project) ?? NameRules.Check(Name) ?? NameRules.Check(Type);

    public override string ToString() => Type == UserType ? $"{Project}/{Name}" : $"{Project}/{Name}.{Type}";
}
