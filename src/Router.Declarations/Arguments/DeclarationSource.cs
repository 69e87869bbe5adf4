using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Arguments;

/// <summary>What one source declares for a class: its attributes in code, or a file.</summary>
internal sealed record DeclarationSource(
    IReadOnlyList<DeclaredArguments> Groups,
    IReadOnlyList<DeclaredArguments> Deployments,
    IReadOnlyList<DeclaredArguments> Providers)
{
    /// <summary>The types that groups name as their policies, and deployments as what makes their clients.</summary>
    public IEnumerable<UserTypeName> UserTypes => Named(UserTypeRole.Policy, Groups, "Policy").Concat(Named(UserTypeRole.ClientFactory, Deployments, "Client"));

    /// <summary>What a snapshot kept.</summary>
    public static DeclarationSource Of(DeclarationsSnapshot snapshot) => new(Of(snapshot.Groups), Of(snapshot.Deployments), Of(snapshot.Providers));

    public static List<DeclaredArguments> Of(IEnumerable<ArgumentsSnapshot> snapshots) =>
        [.. snapshots.Select(stated => new DeclaredArguments(stated, ArgumentPlaces.None))];

    private static IEnumerable<UserTypeName> Named(UserTypeRole role, IEnumerable<DeclaredArguments> declared, string property) =>
        declared.Select(arguments => arguments.Text(property)).OfType<string>().Select(name => new UserTypeName(role, name));

    public DeclarationsSnapshot ToSnapshot() => new(ToSnapshots(Groups), ToSnapshots(Deployments), ToSnapshots(Providers));

    public static EquatableArray<ArgumentsSnapshot> ToSnapshots(IEnumerable<DeclaredArguments> declared) =>
        declared.Select(arguments => arguments.Stated).ToEquatableArray();
}
