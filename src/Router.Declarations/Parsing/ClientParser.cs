using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Parsing;

/// <summary>Reads what is declared of a deployment that is asked through a client: what makes it, and its key.</summary>
/// <param name="types">What is known of the types that are named; of none, without the compiler.</param>
/// <param name="packages">The assemblies whose exceptions clients throw, that the class can use, among others; null where that is not known.</param>
/// <param name="problems">Where what is wrong is added.</param>
internal sealed class ClientParser(EquatableArray<UserType> types, EquatableArray<string>? packages, ProblemList problems)
{
    private const ModelParameters AllParameters = ModelParameters.Sampling | ModelParameters.TopK | ModelParameters.Penalties | ModelParameters.Stop | ModelParameters.Seed
        | ModelParameters.Reasoning | ModelParameters.ParallelToolCalls | ModelParameters.RequiredToolChoice;

    /// <summary>Whether a deployment is asked through a client.</summary>
    public static bool HasClient(DeclaredArguments declared) => declared.Text("Client") is not null;

    /// <summary>Returns a provider that the catalog does not have: only the client knows what it takes.</summary>
    public static ProviderRow ProviderOf(string name) =>
        new(name, Dialect.OpenAIChat, null) { ServesUnlisted = true, UnlistedTraits = new(SupportParser.Everything, AllParameters) };

    /// <summary>Returns the client; null where requests are sent.</summary>
    public ClientSpec? Parse(DeclaredArguments declared)
    {
        if (declared.Text("Client") is not { } name) return null;
        UserType? type = types.FirstOrDefault(type => type.Named == new UserTypeName(UserTypeRole.ClientFactory, name));
        if (type?.Objection is { } objection) problems.Add(ProblemKinds.UnusableClient, declared.PlaceOf("Client"), declared.Text("Model") ?? "", UserType.Show(name), objection);
        IEnumerable<string> libraries = packages is { } known ? ClientLibraryRow.All.Select(row => row.Assembly).Where(known.Contains) : [];
        return new(type?.Objection is null ? name : null, libraries.ToEquatableArray());
    }

    /// <summary>Returns where the client's key is: it must be there where it is stated, and may be where the provider has one by convention.</summary>
    public ConnectionSpec KeyOf(DeclaredArguments declared, ProviderRow provider)
    {
        string? own = SharedProperties.Key(declared, provider.KeyVariable ?? SharedProperties.ConventionalKey(provider.Name), problems);
        bool usesConventional = own is null && !SharedProperties.TakesNoKey(declared) && provider.KeyVariable is not null;
        return new("", null, own, "Authorization", "Bearer ", default)
        {
            OtherKeyVariables = usesConventional ? provider.OtherKeyVariables.Prepend(provider.KeyVariable!).ToEquatableArray() : default,
        };
    }
}
