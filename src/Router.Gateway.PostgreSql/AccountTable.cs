using Npgsql;
using RouterGen.Gateway.Stores;
using RouterGen.PostgreSql.Connections;
using RouterGen.PostgreSql.Values;

namespace RouterGen.Gateway.PostgreSql;

/// <summary>Reads and changes accounts.</summary>
/// <param name="schema">The schema, as an identifier.</param>
internal sealed class AccountTable(string schema)
{
    private readonly string _find = $"SELECT data::text, version FROM {schema}.account WHERE kind = $1 AND id = $2";
    private readonly string _add = $"INSERT INTO {schema}.account (kind, id, version, team_id, user_id, alias, data) VALUES ($1, $2, 1, $3, $4, $5, $6::json) ON CONFLICT DO NOTHING";
    private readonly string _replace = $"UPDATE {schema}.account SET id = $2, version = version + 1, team_id = $3, user_id = $4, alias = $5, data = $6::json WHERE kind = $1 AND id = $7 AND version = $8";
    private readonly string _delete = $"DELETE FROM {schema}.account WHERE kind = $1 AND id = $2";
    private readonly ListQuery _list = new("data::text, version", $"FROM {schema}.account WHERE kind = $1 AND ($2 IS NULL OR team_id = $2) AND ($3 IS NULL OR user_id = $3) AND ($4 IS NULL OR alias = $4)", "ordinal");

    /// <summary>Returns an account; null where there is none.</summary>
    public async Task<GatewayAccount?> FindAsync(NpgsqlConnection connection, AccountKind kind, string id, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = _find;
        command.Parameters.AddValue((short)kind);
        command.Parameters.AddText(StoredValue.Id(id));
        using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? Account(reader) : null;
    }

    /// <summary>Lists accounts, and counts them.</summary>
    public async Task<AccountPage> ListAsync(NpgsqlConnection connection, AccountQuery query, CancellationToken cancellationToken)
    {
        (IReadOnlyList<GatewayAccount> accounts, long total) = await _list.RunAsync(connection, parameters => AddQuery(parameters, query), query.Offset, query.Limit, Account, cancellationToken).ConfigureAwait(false);
        return new AccountPage(accounts, total);
    }

    /// <summary>Adds an account; false where there is one.</summary>
    public Task<bool> AddAsync(NpgsqlConnection connection, GatewayAccount account, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(_add);
        AddAccount(command.Parameters, account);
        return ChangeAsync(connection, command, cancellationToken);
    }

    /// <summary>Replaces an account; false where it has another version, or the new id is in use.</summary>
    public async Task<bool> ReplaceAsync(NpgsqlConnection connection, string id, GatewayAccount account, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(_replace);
        AddAccount(command.Parameters, account);
        command.Parameters.AddText(StoredValue.Id(id));
        command.Parameters.AddValue(account.Version);
        try
        {
            return await ChangeAsync(connection, command, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>Deletes an account; false where there was none.</summary>
    public Task<bool> DeleteAsync(NpgsqlConnection connection, AccountKind kind, string id, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(_delete);
        command.Parameters.AddValue((short)kind);
        command.Parameters.AddText(StoredValue.Id(id));
        return ChangeAsync(connection, command, cancellationToken);
    }

    private static async Task<bool> ChangeAsync(NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        using NpgsqlBatch batch = connection.WriteBatch();
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return command.RecordsAffected > 0;
    }

    private static GatewayAccount Account(NpgsqlDataReader reader) => AccountText.Read(reader.GetString(0), reader.GetInt64(1));

    private static void AddAccount(NpgsqlParameterCollection parameters, GatewayAccount account)
    {
        parameters.AddValue((short)account.Kind);
        parameters.AddText(StoredValue.Id(account.Id));
        parameters.AddText(account.TeamId);
        parameters.AddText(account.UserId);
        parameters.AddText(account.Alias);
        parameters.AddText(AccountText.Write(account));
    }

    private static void AddQuery(NpgsqlParameterCollection parameters, AccountQuery query)
    {
        parameters.AddValue((short)query.Kind);
        parameters.AddText(query.TeamId);
        parameters.AddText(query.UserId);
        parameters.AddText(query.Alias);
    }
}
