using System.Globalization;
using Npgsql;

namespace RouterGen.PostgreSql.Connections;

/// <summary>Reads how a database is reached: a connection string of Npgsql, or a URL as libpq has it. What is wrong is told without a value, since one may be the password.</summary>
internal static class ConnectionText
{
    // Names of libpq (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS) that have another one in Npgsql; those that are the same but for underscores are taken as they are.
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["connect_timeout"] = "Timeout",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["target_session_attrs"] = "Target Session Attributes",
        ["krbsrvname"] = "Kerberos Service Name",
        ["gssencmode"] = "GSS Encryption Mode",
    };

    /// <summary>Returns whether a text is the address of a PostgreSQL database, and no file's name.</summary>
    public static bool IsAddress(string text) => IsUrl(text) || text.Contains("host=", StringComparison.OrdinalIgnoreCase) || text.Contains("server=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a text.</summary>
    /// <exception cref="ArgumentException">It cannot be read. The message has the name of what is wrong at most, and no value.</exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        NpgsqlConnectionStringBuilder read = IsUrl(text) ? ReadUrl(text) : ReadPairs(text);
        return string.IsNullOrEmpty(read.Host) ? throw new ArgumentException("The address of the database names no host. Write it as 'Host=…;Username=…;Password=…;Database=…' or 'postgres://user:password@host/database'.", nameof(text)) : read;
    }

    private static bool IsUrl(string text) => text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static NpgsqlConnectionStringBuilder ReadPairs(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // Without the exception: its message may quote what stands where a name should.
            throw new ArgumentException("The connection string of the database cannot be read. Write it as 'Host=…;Username=…;Password=…;Database=…', with values that have a ';' in quotation marks.", nameof(text));
        }
    }

    // postgres://[user[:password]@][host[:port][,…]][/database][?name=value&…]: the class Uri takes no list of hosts.
    private static NpgsqlConnectionStringBuilder ReadUrl(string url)
    {
        var read = new NpgsqlConnectionStringBuilder();
        string rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        string query = Cut(ref rest, '?');
        string database = Cut(ref rest, '/');
        int at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            string user = rest[..at];
            rest = rest[(at + 1)..];
            string password = Cut(ref user, ':');
            read.Username = Decode(user);
            if (password.Length > 0) read.Password = Decode(password);
        }

        if (rest.Length > 0) ReadHosts(read, rest);
        if (database.Length > 0) read.Database = Decode(database);
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = pair;
            string value = Decode(Cut(ref name, '='));
            Set(read, Decode(name), value);
        }

        return read;
    }

    private static void ReadHosts(NpgsqlConnectionStringBuilder read, string text)
    {
        string host = Decode(text);
        bool isPlain = !host.Contains(',', StringComparison.Ordinal) && !host.StartsWith('[');
        int colon = isPlain ? host.LastIndexOf(':') : host.StartsWith('[') && host.IndexOf("]:", StringComparison.Ordinal) is >= 0 and var end ? end + 1 : -1;
        if (colon < 0)
        {
            read.Host = host.Trim('[', ']'); // Of several, each may have its port.
            return;
        }

        if (!int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is 0 or > ushort.MaxValue) throw Wrong("port");
        read.Host = host[..colon].Trim('[', ']');
        read.Port = port;
    }

    private static void Set(NpgsqlConnectionStringBuilder read, string name, string value)
    {
        try
        {
            string known = Names.GetValueOrDefault(name) ?? name.Replace('_', ' ');
            read[known] = known is "Target Session Attributes" or "SSL Mode" or "sslmode" ? value.Replace("verify-ca", "VerifyCA", StringComparison.Ordinal).Replace("verify-full", "VerifyFull", StringComparison.Ordinal) : value;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            throw Wrong(name);
        }
    }

    private static ArgumentException Wrong(string name) => new($"The URL of the database has a '{name}' that is not known, or whose value is none.", nameof(name));

    // Returns what is behind a character, and leaves what is before it.
    private static string Cut(ref string text, char character)
    {
        int index = text.IndexOf(character, StringComparison.Ordinal);
        if (index < 0) return "";
        string behind = text[(index + 1)..];
        text = text[..index];
        return behind;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text);
}
