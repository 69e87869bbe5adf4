using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Parsing;

/// <summary>Reads the headers that a deployment states. One that cannot be sent is reported and left out.</summary>
internal sealed class HeaderParser(ProblemList problems)
{
    private const string Property = "Headers";
    private const string OtherTokenCharacters = "!#$%&'*+-.^_`|~";

    // What describes the connection or the body, and what the router writes itself.
    private static readonly string[] Reserved =
        ["Host", "User-Agent", "Accept", "Accept-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Expect", "Allow", "Expires", "Last-Modified"];

    // A header whose name ends like one of these carries a secret, whatever the value looks like.
    private static readonly string[] SecretEndings = ["key", "token", "secret", "password", "credential", "credentials", "cookie", "auth", "authorization"];

    /// <summary>Returns the headers in their order.</summary>
    /// <param name="declared">The deployment.</param>
    /// <param name="conventions">Its wire format, which has headers of its own.</param>
    public List<HeaderSpec> Parse(DeclaredArguments declared, DialectRow conventions)
    {
        List<HeaderSpec> headers = [];
        IReadOnlyList<string?> stated = declared.Texts(Property);
        for (int i = 0; i < stated.Count; i++)
        {
            if (stated[i] is not { } text) continue;
            int colon = text.IndexOf(':');
            string name = colon < 0 ? "" : text.Substring(0, colon).Trim();
            string value = text.Substring(colon + 1).Trim();
            HeaderSpec header = value.StartsWith("$", StringComparison.Ordinal) && !value.StartsWith("$$", StringComparison.Ordinal)
                ? new(name, value.Substring(1), IsVariable: true)
                : new(name, value.StartsWith("$$", StringComparison.Ordinal) ? value.Substring(1) : value);
            if (IsSecret(header))
            {
                problems.Add(ProblemKinds.KeyInSource, declared.PlaceOf(Property, i), $"The value of header {Show(name, i)}", $"\"{(IsToken(name) && !Secrets.IsKey(name) ? name : "Name")}: $VARIABLE\"");
            }
            else if (Objection(header, headers, conventions) is { } objection)
            {
                problems.Add(ProblemKinds.UnusableHeader, declared.PlaceOf(Property, i), Show(name, i), declared.Text("Model") ?? "", objection);
            }
            else
            {
                headers.Add(header);
            }
        }

        return headers;
    }

    private static string? Objection(HeaderSpec header, List<HeaderSpec> before, DialectRow conventions) =>
        !IsToken(header.Name) ? "must be written as \"Name: value\" or \"Name: $VARIABLE\""
        : IsSetElsewhere(header.Name, conventions) ? "is set by the router or its transport"
        : before.Exists(other => Is(other.Name, header.Name)) ? "is stated twice"
        : header.IsVariable && !IsVariableName(header.Value) ? "names no environment variable behind the dollar sign; a value that begins with one is written with two"
        : header.Value.Length == 0 ? "has no value"
        : header.Value.Any(character => character is < ' ' or > '~') ? "has a character in its value that headers cannot have"
        : null;

    private static bool IsSetElsewhere(string name, DialectRow conventions) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        || Is(name, "Authorization") || Is(name, "Proxy-Authorization") || Is(name, conventions.KeyHeader)
        || Reserved.Any(reserved => Is(name, reserved))
        || conventions.Headers.Any(own => Is(name, own.Name));

    private static bool IsSecret(HeaderSpec header) => header.IsVariable
        ? Secrets.IsKeyInsteadOfName(header.Value)
        : Secrets.IsKey(header.Name) || Secrets.IsKey(header.Value) || (header.Value.Length > 0 && SecretEndings.Contains(header.Name.Split('-', '_').Last().ToLowerInvariant()));

    private static bool IsToken(string name) => name.Length > 0 && name.All(character => char.IsLetterOrDigit(character) ? character < 128 : OtherTokenCharacters.IndexOf(character) >= 0);

    private static bool IsVariableName(string name) =>
        name.Length > 0 && !char.IsDigit(name[0]) && name.All(character => character < 128 && (char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or ':'));

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    // What is no name may be anything, a key for example.
    private static string Show(string name, int index) => IsToken(name) ? $"'{name}'" : $"number {index + 1}";
}
