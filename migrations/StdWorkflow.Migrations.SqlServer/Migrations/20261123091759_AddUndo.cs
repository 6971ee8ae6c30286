using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace StdWorkflow.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddUndo : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "MoveMadePublic",
                table: "Tracks",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "MovedAtUtc",
                table: "Tracks",
                type: "datetime2(6)",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "EndedIn",
                table: "Deadlines",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "StartedIn",
                table: "Deadlines",
                type: "int",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "MoveMadePublic",
                table: "Tracks");

            migrationBuilder.DropColumn(
                name: "MovedAtUtc",
                table: "Tracks");

            migrationBuilder.DropColumn(
                name: "EndedIn",
                table: "Deadlines");

            migrationBuilder.DropColumn(
                name: "StartedIn",
                table: "Deadlines");
        }
    }
}
