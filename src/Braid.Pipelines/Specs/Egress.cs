namespace Braid.Pipelines.Specs;

/// <summary>Where the output of a job is sent, once it is made.</summary>
public abstract record Egress
{
    private Egress() { }

    /// <summary>The files go to a bucket or a folder.</summary>
    /// <param name="Url">Such as <c>s3://bucket/prefix</c>.</param>
    public sealed record ObjectStorage(string Url) : Egress;

    /// <summary>The files under <c>/TABLE</c> become the rows of each table.</summary>
    /// <param name="Url">Such as <c>postgresql://user@host:5432/database</c>, without a password.</param>
    /// <param name="Format">How rows are written in files.</param>
    /// <param name="Columns">The columns that are written, in the order of a file's; empty: those that files name.</param>
    /// <param name="SecretName">The secret that holds the password.</param>
    /// <param name="SecretKey">Which of its values.</param>
    public sealed record SqlDatabase(
        string Url,
        SqlFileFormat Format,
        IReadOnlyList<string> Columns,
        string SecretName,
        string SecretKey
    ) : Egress;
}

/// <summary>How rows are written in a file.</summary>
public enum SqlFileFormat
{
    /// <summary>The spec does not say.</summary>
    Unknown,

    Csv,

    /// <summary>One object per line.</summary>
    Json,
    Parquet,
}
