// What the editor shows for Input: File. Everything here is told from the file itself where it is left alone.

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { ENCODINGS } from '../input/files/encodings';

const show = { input: ['file'] };

const encodingOptions: INodePropertyOptions[] = [
	...ENCODINGS.map(({ label, name }) => ({ name, value: label })),
	{
		name: 'Detect Automatically',
		value: 'auto',
		description: 'UTF-8, UTF-16 and Chinese names in GB18030 or Big5 are told; where it is not certain, you are asked',
	},
].sort((a, b) => (a.name < b.name ? -1 : 1));

export const fileDescription: INodeProperties[] = [
	{
		displayName: 'Input Data Field Name',
		name: 'inputDataFieldName',
		type: 'string',
		required: true,
		displayOptions: { show },
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input field that holds the file',
		description: 'Each incoming item brings a file in this field; the rows of all files are carried out in one run',
	},
	{
		displayName: 'File Options',
		name: 'fileOptions',
		type: 'collection',
		placeholder: 'Add option',
		displayOptions: { show },
		default: {},
		options: [
			{
				displayName: 'Comment Rows Start With',
				name: 'comment',
				type: 'string',
				default: '',
				placeholder: 'e.g. #',
				description: 'Rows that start with this are left out. When empty, every row counts.',
			},
			{
				displayName: 'Delimiter',
				name: 'delimiter',
				type: 'options',
				options: [
					{ name: 'Comma', value: ',' },
					{ name: 'Detect Automatically', value: 'auto' },
					{ name: 'Pipe', value: '|' },
					{ name: 'Semicolon', value: ';' },
					{ name: 'Tab', value: '\t' },
				],
				default: 'auto',
				description: 'What stands between the cells of a row',
			},
			{
				displayName: 'Encoding',
				name: 'encoding',
				type: 'options',
				options: encodingOptions,
				default: 'auto',
				description: 'How the characters of the file are stored',
			},
			{
				displayName: 'File Format',
				name: 'format',
				type: 'options',
				options: [
					{ name: 'CSV', value: 'csv' },
					{ name: 'Detect Automatically', value: 'auto' },
					{ name: 'JSON', value: 'json', description: 'A list of objects' },
					{ name: 'JSON Lines', value: 'jsonLines', description: 'An object on each line' },
					{ name: 'TSV', value: 'tsv', description: 'Cells with tabs between them' },
				],
				default: 'auto',
				description: 'What kind of text file it is. An Excel workbook (.xlsx) is known by its content.',
			},
			{
				displayName: 'Header Row',
				name: 'headerRow',
				type: 'boolean',
				default: true,
				description:
					'Whether the first row of a CSV or TSV file, or of a sheet, holds the names of the columns. When off, the columns are named column1, column2 and so on.',
			},
			{
				displayName: 'Sheet',
				name: 'sheet',
				type: 'string',
				default: '',
				placeholder: 'e.g. Students',
				description:
					'The name of the sheet of an Excel workbook (.xlsx) that holds the rows. When empty, the first sheet that is not hidden is read.',
			},
		],
	},
];
