using Npgsql;
using RouterGen.PostgreSql.Connections;

namespace RouterGen.PostgreSql.Tests;

/// <summary>How a database is named, and that nothing tells its password.</summary>
public sealed class ConnectionTextTests
{
    [Theory]
    [InlineData("postgres://db", "db", 5432, null, null, null)]
    [InlineData("postgresql://router:s3cret@db.example:6432/routing", "db.example", 6432, "router", "s3cret", "routing")]
    [InlineData("postgres://router:p%40ss%3Aw%2Frd%3F@db/a%20b", "db", 5432, "router", "p@ss:w/rd?", "a b")]
    [InlineData("postgres://[::1]:5433/x", "::1", 5433, null, null, "x")]
    [InlineData("postgres://u@one:5433,two:5434/x", "one:5433,two:5434", 5432, "u", null, "x")]
    [InlineData("postgres:///x?host=/run/postgresql&user=u&password=p%26q", "/run/postgresql", 5432, "u", "p&q", "x")]
    [InlineData("Host=db;Username=router;Password='a;b';Database=x;Port=5433", "db", 5433, "router", "a;b", "x")]
    public void An_address_is_read(string text, string host, int port, string? user, string? password, string? database)
    {
        NpgsqlConnectionStringBuilder read = ConnectionText.Read(text);
        Assert.Equal((host, port, user, password, database), (read.Host!, read.Port, read.Username, read.Password, read.Database));
    }

    [Fact]
    public void Names_of_libpq_are_those_of_Npgsql()
    {
        NpgsqlConnectionStringBuilder read = ConnectionText.Read("postgres://db/x?sslmode=verify-full&sslrootcert=%2Fca.pem&connect_timeout=7&application_name=me&target_session_attrs=read-write&Maximum%20Pool%20Size=3");
        Assert.Equal((SslMode.VerifyFull, "/ca.pem", 7, "me", "read-write", 3), (read.SslMode, read.RootCertificate!, read.Timeout, read.ApplicationName!, read.TargetSessionAttributes!, read.MaxPoolSize));
    }

    [Theory]
    [InlineData("postgres://u:s3cret@db:port/x")]
    [InlineData("postgres://u:s3cret@db/x?sslmode=s3cret")]
    [InlineData("postgres://u:s3cret@db/x?s3cre=1&unknown=s3cret")]
    [InlineData("postgres://u:s3cret@/x")]
    [InlineData("Host=db;Password=a;s3cret=1")]
    [InlineData("Host=db;Port=s3cret")]
    [InlineData("Password=s3cret")]
    public void What_is_wrong_is_told_without_a_value(string text)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new PostgreSqlDatabase(text));
        Assert.DoesNotContain("s3cret", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gateway.db", false)]
    [InlineData("/data/gateway.db", false)]
    [InlineData("postgres.db", false)]
    [InlineData("postgres://db", true)]
    [InlineData("PostgreSQL://db", true)]
    [InlineData("Username=a;Host=b", true)]
    public void An_address_is_told_from_a_path(string text, bool isAddress) => Assert.Equal(isAddress, PostgreSqlDatabase.IsAddress(text));

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a\"; DROP SCHEMA public; --")]
    [InlineData("a b")]
    public void A_schema_has_a_plain_name(string name) => Assert.Throws<ArgumentException>(() => new PostgreSqlDatabase("Host=db") { Schema = name });

    [Fact]
    public void A_database_is_told_without_user_and_password() => Assert.Equal("db:5432/x", new PostgreSqlDatabase("postgres://router:s3cret@db/x").ToString());
}
