namespace RouterGen.PostgreSql.Schema;

/// <summary>The tables of one part of the package, and how those of an earlier version become those of this one.</summary>
/// <param name="Part">What the version is kept under, in the table <c>schema_part</c>.</param>
/// <param name="Package">The package whose update a later version asks for.</param>
/// <param name="Steps">
/// The steps in order, each with the version that it leads to: 1, 2, 3 and so on. Names of tables have no schema before them: the search path is set. What a step has made is never changed; a later
/// version adds a step.
/// </param>
internal sealed record SchemaSteps(string Part, string Package, params SchemaStep[] Steps)
{
    /// <summary>Gets the version that the last step leads to.</summary>
    public int Version => Steps[^1].Version;
}

/// <summary>One step.</summary>
/// <param name="Version">The version that it leads to.</param>
/// <param name="Sql">Its statements, which run in one transaction with all other steps that are due.</param>
internal sealed record SchemaStep(int Version, string Sql);
